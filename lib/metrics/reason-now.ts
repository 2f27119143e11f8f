import type { Metric } from '../catalogue/metric';
import type { Reason } from '../catalogue/reasons';
import type { FamilyFreshness } from './family-freshness';

/** Reasons that keep the family from getting any fresher until something changes. */
const LASTING: readonly Reason[] = ['disabled', 'no_scope', 'no_membership', 'not_supported', 'error'];

/** What was found of a metric. */
export interface Found {
  readonly hasValue: boolean;
  readonly hasDocument: boolean;
  readonly day: string | null;
}

/**
 * Why a metric has no value, or why its value is old; null when all is as one would expect. A night that has arrived is complete and needs
 * no reason, whatever fails meanwhile.
 */
export function reasonNow(metric: Metric, { hasValue, hasDocument, day }: Found, freshness: FamilyFreshness, today: string): Reason | null {
  const lasting = freshness.reason !== null && LASTING.includes(freshness.reason) ? freshness.reason : null;
  if (!hasDocument && day === null) return lasting ?? (isCount(metric) ? 'pending' : (freshness.reason ?? 'no_data'));
  const isDated = metric.kindOfDay === 'night' || metric.kindOfDay === 'today';
  if (isDated && day !== null && day < today) return lasting ?? lateReason(metric, freshness);
  if (!hasValue) return metric.whenNull ?? 'no_data';
  if (metric.kindOfDay === 'night') return null;
  return metric.kindOfDay === 'instant' ? freshness.reason : lasting;
}

function lateReason({ kindOfDay }: Metric, { reason }: FamilyFreshness): Reason {
  return kindOfDay === 'today' ? 'not_synced' : (reason ?? 'pending');
}

/** Metrics of which nothing is a value (0, off) once Oura was asked. */
function isCount({ pick }: Metric): boolean {
  return pick === 'naps' || pick === 'day_count' || pick === 'day_sum' || pick === 'begun';
}
