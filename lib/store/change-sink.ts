import type { ChangeKind } from '../ports/change-log';
import type { ChangeContext } from '../ports/documents';

/** What a store tells its change log about one change. */
export interface NewChange {
  readonly endpoint: string;
  readonly kind: ChangeKind;
  /** The document; null for series. */
  readonly document: { readonly key: number; readonly id: string; readonly day: string | null } | null;
  /** The body after and before, as JSON; null where there is none. */
  readonly text: string | null;
  readonly previous: string | null;
  /** First and last instant of the rows, epoch ms; null for documents. */
  readonly rows: { readonly first: number; readonly last: number } | null;
  readonly context: ChangeContext;
}

/** The writing side of a change log. */
export interface ChangeSink {
  /** @returns the seq of the new entry */
  append(change: NewChange): number;
}
