import type { ControlKey } from '../catalogue/controls';
import type { MetricKey } from '../catalogue/metrics';
import type { Reason } from '../catalogue/reasons';
import type { MetricValue } from '../metrics/metric-value';
import type { JudgementInputs, Verdict } from './verdict';

/** Until the judgements of the insight: Oura's scores against the person's thresholds. */
const BASIS = { basis: 'score' } as const;

/** Reasons that say more than that the ring has not synced. */
const TELLING: readonly (Reason | null)[] = ['disabled', 'no_scope', 'no_membership', 'not_supported', 'error', 'not_worn'];

/**
 * Compares today's value of a metric with a threshold of the person. A value of yesterday says nothing about today, and a missing one is
 * no zero: both are null with the reason.
 */
export function comparedToday(
  { value, controls, today }: JudgementInputs,
  metric: MetricKey,
  control: ControlKey,
  holds: (value: number, threshold: number) => boolean,
): Verdict {
  const { value: found, day, reason } = value(metric);
  if (day !== null && day < today) return { state: null, reason: TELLING.includes(reason) ? reason : 'not_synced', day, attributes: BASIS };
  if (typeof found !== 'number') return { state: null, reason: reasonOf(reason), day, attributes: BASIS };
  return { state: holds(found, controls.number(control)), reason: null, day, attributes: BASIS };
}

function reasonOf(reason: MetricValue['reason']): Reason {
  return reason ?? 'no_data';
}
