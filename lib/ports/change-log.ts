import type { Body, Via } from './documents';

export type ChangeKind = 'created' | 'updated' | 'deleted';

/** One entry of the change log. */
export interface Change {
  /** Strictly increasing, never reused. */
  readonly seq: number;
  readonly endpoint: string;
  readonly kind: ChangeKind;
  /** The document's id; null for series. */
  readonly id: string | null;
  readonly day: string | null;
  /** The document as this change left it (exact even when it changed again since); null for a deletion and for series. */
  readonly body: Body | null;
  /** The document before this change; null for a creation and for series. */
  readonly previous: Body | null;
  readonly historic: boolean;
  readonly via: Via;
  readonly at: number;
}

export interface ChangeQuery {
  /** Entries with seq > after. */
  readonly after: number;
  readonly limit: number;
  readonly endpoint?: string;
  /** false leaves out historic entries */
  readonly historic?: boolean;
}

/** The ordered, persisted stream of changes; each reader has its own durable cursor. */
export interface ChangeLog {
  /** seq of the newest entry ever appended, 0 when there never was one (pruning does not lower it). */
  head(): number;
  read(query: ChangeQuery): readonly Change[];
  /** The reader's last acknowledged seq, null for a reader never seen. */
  cursor(reader: string): number | null;
  advance(reader: string, seq: number, at: number): void;
  /** Drops entries older than `before` (epoch ms) and cursors not advanced since then. @returns entries dropped */
  prune(before: number): number;
}
