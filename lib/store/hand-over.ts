import type { Change } from '../ports/change-log';
import type { StoredDocument } from '../ports/documents';
import type { WaitingEvent } from '../ports/event-queue';
import type { PersonStore } from '../ports/person-store';
import type { IncomingRow } from '../ports/series';
import type { SetAsideDocument } from '../ports/set-aside';
import type { ReaderCursor } from './reader-cursor';

/** What one store hands to another: nothing of it is logged again. */
export interface HandOver {
  /** seq of the newest entry ever appended */
  readonly head: number;
  readonly documents: readonly StoredDocument[];
  /** Oldest first within an endpoint; seq of the entry that wrote the row. */
  readonly rows: readonly (IncomingRow & { readonly endpoint: string; readonly seq: number })[];
  /** Entries of these documents and rows, ascending. */
  readonly changes: readonly Change[];
  readonly cursors: readonly ReaderCursor[];
  readonly state: readonly (readonly [key: string, value: unknown])[];
  readonly setAside: readonly SetAsideDocument[];
  readonly events: readonly WaitingEvent[];
}

/** A store that can be copied. */
export interface Giver extends PersonStore {
  /** Everything of the last `days` before the newest document or row, and what has no time. */
  handOver(days: number): HandOver;
}

/** A store that can become a copy. */
export interface Taker extends PersonStore {
  takeOver(from: HandOver): void;
}
