/** A document as every store keeps it. */
export interface DocumentRow {
  /** The store's own key: stays when a provisional id becomes a real one, and is never used again. */
  readonly key: number;
  readonly id: string;
  readonly provisional: boolean;
  readonly day: string | null;
  readonly start: string | null;
  /** The instant of `start`, epoch ms; null where there is none. */
  readonly startMs: number | null;
  readonly end: string | null;
  /** The body as JSON. */
  readonly text: string;
  readonly seenAt: number;
  readonly changedAt: number;
}

/** Where a store keeps its documents. The order is day, then start instant, then id; null comes first. */
export interface DocumentTable {
  byId(endpoint: string, id: string): DocumentRow | null;
  /** Documents of this day, ordered by key. */
  ofDay(endpoint: string, day: string): readonly DocumentRow[];
  /** Documents that start at this instant, ordered by key. */
  ofStart(endpoint: string, startMs: number): readonly DocumentRow[];
  /** @returns the new key */
  insert(endpoint: string, row: Omit<DocumentRow, 'key'>): number;
  update(endpoint: string, row: DocumentRow): void;
  remove(endpoint: string, row: DocumentRow): void;
  /** In order; null bounds are open; documents without a day only when both are null. */
  range(endpoint: string, fromDay: string | null, toDay: string | null): readonly DocumentRow[];
  newest(endpoint: string): DocumentRow | null;
}
