import type { Change } from './change-log';
import type { Body, ChangeContext } from './documents';

/** A row of a time series: its instant beside the untouched body. */
export interface IncomingRow {
  /** epoch ms of the row's `timestamp` */
  readonly time: number;
  readonly body: Body;
}

/** What an append did: its entry in the change log, and how many rows the entry is about. */
export interface AppendedRows {
  readonly change: Change;
  readonly rows: number;
}

/** Time-series rows of one person. A row's identity is its instant with an ordinal for equal ones, in the order delivered. */
export interface Series {
  /**
   * Stores rows; what is there already with the same content is left alone. One call with anything new appends one change-log
   * entry of kind `created` that names the new or changed rows (read them with `changedRows`).
   * @returns the entry and how many rows it is about, or null when nothing was new
   */
  append(endpoint: string, rows: readonly IncomingRow[], context: ChangeContext): AppendedRows | null;
  /** Rows with fromMs <= time < toMs, oldest first, bodies deep-equal to what came in, keys in the order they came in. */
  range(endpoint: string, fromMs: number, toMs: number): readonly IncomingRow[];
  newest(endpoint: string): IncomingRow | null;
  /** The rows a change-log entry speaks of that still are as that entry left them, oldest first. */
  changedRows(seq: number): readonly IncomingRow[];
}
