import type { ControlKey } from '../../catalogue/controls';
import { metricOf, type MetricKey } from '../../catalogue/metrics';
import { addDays } from '../../sync/local-day';
import type { AlertInputs, Judgement } from './judgement';

/** A value that is measured against a limit of the person's. */
export interface LimitRule {
  readonly metric: MetricKey;
  readonly limit: ControlKey;
  /** below: the value is less · from: it is as much or more · up_to: it is as much or less */
  readonly when: 'below' | 'from' | 'up_to';
  /** How far on the good side a value must be for the end, where values hover at the limit. */
  readonly margin: number;
}

/**
 * Judges a value by its limit. A value older than yesterday starts nothing: whoever opens the app after a week is not alerted of the week
 * before.
 * @param base what the limit is added to
 */
export function judgeLimit({ metric, limit, when, margin }: LimitRule, inputs: AlertInputs, base = 0): Judgement {
  const { value, day } = inputs.value(metric);
  const bound = base + inputs.controls.number(limit);
  const isKnown = typeof value === 'number';
  const details = { metric, value: isKnown ? value : null, limit: bound, unit: metricOf(metric).quantity.unit };
  if (!isKnown) return { state: 'unknown', day, details };
  const isOver = when === 'below' ? value < bound : when === 'from' ? value >= bound : value <= bound;
  const isBack = when === 'from' ? value < bound - margin : value >= bound + margin;
  if (!isOver) return { state: isBack ? 'clear' : 'unknown', day, details };
  const isOld = day !== null && day < addDays(inputs.today, -1);
  return { state: isOld ? 'unknown' : 'active', day, details };
}
