/** A document that the schema refused: kept apart so that nothing is lost, reported once. */
export interface SetAsideDocument {
  readonly endpoint: string;
  /** What was wrong, as field paths and expectations; never a value of the document. */
  readonly reason: string;
  readonly body: unknown;
  readonly at: number;
}

export interface SetAside {
  /** @returns false when the same content of this endpoint was set aside before (nothing is written then) */
  put(document: SetAsideDocument): boolean;
  list(endpoint: string): readonly SetAsideDocument[];
  count(): number;
}
