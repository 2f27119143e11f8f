import type { MetricKey } from '../catalogue/metrics';
import type { Reason } from '../catalogue/reasons';

/** How one statistic stands. */
export interface StatisticReport {
  readonly metric: MetricKey;
  /** Its id in Home Assistant. */
  readonly id: string;
  /** The first day that has a value, and the last day that Home Assistant is up to date with; null = none so far. */
  readonly from: string | null;
  readonly to: string | null;
  /** Rows sent this time. */
  readonly sent: number;
  /** Why nothing more is there: the family's reason, `history_incomplete` (sums wait for all of it), or an error's code; null = all is. */
  readonly missing: Reason | 'history_incomplete' | (string & {}) | null;
}
