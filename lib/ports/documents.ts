import type { Change } from './change-log';

/** A JSON object as the API sent it: unknown fields and enum values included, never transformed. */
export type Body = Readonly<Record<string, unknown>>;

/** What a document is to the store: identity and place in time beside the untouched body. */
export interface IncomingDocument {
  /** The API's id, or `day:<day>` / `start:<start>[#n]` where the API gave none (DESIGN, "A document's identity"). */
  readonly id: string;
  /** true when `id` was made by us; a later real id for the same day (dailies) or start replaces it */
  readonly provisional: boolean;
  /** The document's own local day, `YYYY-MM-DD`; null for documents without one (personal_info). */
  readonly day: string | null;
  /** Start and end as the API spells them, null where it gave none. */
  readonly start: string | null;
  readonly end: string | null;
  readonly body: Body;
}

export interface StoredDocument extends IncomingDocument {
  readonly endpoint: string;
  /** epoch ms of first sight and of the last change of content */
  readonly seenAt: number;
  readonly changedAt: number;
}

export type Via = 'poll' | 'webhook' | 'reconcile' | 'backfill' | 'store';

/** How a write came about; goes into the change log. */
export interface ChangeContext {
  readonly via: Via;
  /** true for the first load and for backfill */
  readonly historic: boolean;
  /** epoch ms */
  readonly at: number;
}

/** Documents of one person. All calls are synchronous; each write is one transaction together with its change-log entries. */
export interface Documents {
  /**
   * Stores documents by endpoint and id. Unchanged content (key order apart) writes nothing and logs nothing.
   * A provisional id is replaced by a real one of the same day (daily) or start, and a document without a real id
   * meets the stored one of the same day or start: both count as an update, not as a creation.
   * @param matchBy what ties a provisional to a real document: the day (dailies) or the start
   * @returns the entries appended to the change log, in order
   */
  upsert(endpoint: string, matchBy: 'day' | 'start', documents: readonly IncomingDocument[], context: ChangeContext): readonly Change[];
  /** Deletes one document and logs it as `deleted`. @returns the entry, or null when there was no such document */
  delete(endpoint: string, id: string, context: ChangeContext): Change | null;
  find(endpoint: string, id: string): StoredDocument | null;
  /**
   * Documents whose day lies in [fromDay, toDay], ordered by day, then start instant, then id; null bounds are open; documents without a
   * day only when both are null.
   */
  range(endpoint: string, fromDay: string | null, toDay: string | null): readonly StoredDocument[];
  /** The last of `range(endpoint, null, null)`: greatest day, then start, then id; a document without a day counts as oldest. */
  newest(endpoint: string): StoredDocument | null;
}
