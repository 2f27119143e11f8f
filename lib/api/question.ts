import type { EndpointKey } from '../catalogue/endpoints';
import type { Purpose } from './ask-options';
import type { Query } from './query';

/** One GET. */
export interface Question {
  readonly endpoint: EndpointKey;
  /** Path below the base address. */
  readonly path: string;
  /** The path for logs and errors: a document's id is replaced by `{id}`. */
  readonly shownPath: string;
  readonly query: Query;
  readonly purpose: Purpose;
  /** Number of the page, for the log. */
  readonly page: number;
}
