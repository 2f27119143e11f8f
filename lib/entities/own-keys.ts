import { CONTROL_KEYS, isControlKey } from '../catalogue/controls';
import { isMetricKey, METRIC_KEYS } from '../catalogue/metrics';
import { DIAGNOSTIC_KEYS, DIAGNOSTICS, type DiagnosticKey } from './diagnostics';
import { EVENT_KEYS, EVENT_ROWS, type EventKey } from './event-rows';
import { JUDGEMENT_KEYS, JUDGEMENTS, type JudgementKey } from './judgements';

/** All keys of the tables of this package, in the order in which they are shown. */
export const OWN_KEYS: readonly string[] = [...METRIC_KEYS, ...JUDGEMENT_KEYS, ...CONTROL_KEYS, ...EVENT_KEYS, ...DIAGNOSTIC_KEYS];

/** Whether a text names a judgement. */
export function isJudgementKey(key: string): key is JudgementKey {
  return Object.hasOwn(JUDGEMENTS, key);
}

/** Whether a text names a diagnostic. */
export function isDiagnosticKey(key: string): key is DiagnosticKey {
  return Object.hasOwn(DIAGNOSTICS, key);
}

/** Whether a text names an event. */
export function isEventKey(key: string): key is EventKey {
  return Object.hasOwn(EVENT_ROWS, key);
}

/** Whether a key belongs to a table of this package. */
export function isOwnKey(key: string): boolean {
  return isMetricKey(key) || isControlKey(key) || isJudgementKey(key) || isEventKey(key) || isDiagnosticKey(key);
}
