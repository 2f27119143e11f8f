import type { EndpointKey } from '../catalogue/endpoints';
import type { Moment } from '../catalogue/metric';
import type { MetricKey } from '../catalogue/metrics';
import type { Reason } from '../catalogue/reasons';
import type { Documents } from '../ports/documents';
import type { Series } from '../ports/series';
import type { FamilyFreshness } from './family-freshness';

/** What a metric is now. */
export interface MetricValue {
  readonly key: MetricKey;
  /** In the shown unit; an instant with offset for timestamps; null with a `reason`. */
  readonly value: number | string | boolean | null;
  /** As read from the API, in its unit. */
  readonly apiValue: number | string | boolean | null;
  /** The value's own local day; null where the metric has none (person). */
  readonly day: string | null;
  /** The value's own instant, ISO 8601, for rows of a series and for periods (their start). */
  readonly at: string | null;
  /** When we first saw the document, epoch ms; null for series and for several documents. */
  readonly firstSeen: number | null;
  /** Daily totals: the local start of the value's own day, ISO 8601; else null. */
  readonly lastReset: string | null;
  /** Why there is no value, or why it is older than one would expect. */
  readonly reason: Reason | null;
  /** Further fields of the document, as the API sent them; `items` for several documents of a day. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a metric is read from: the local copy, the person's day and zone, and how fresh each family is. */
export interface MetricInputs extends Moment {
  readonly documents: Pick<Documents, 'range' | 'newest'>;
  readonly series: Pick<Series, 'newest' | 'range'>;
  /** Zone the person's days are counted in. */
  readonly zone: string;
  readonly freshness: (endpoint: EndpointKey) => FamilyFreshness;
}
