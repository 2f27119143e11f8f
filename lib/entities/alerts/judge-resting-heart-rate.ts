import { metricOf } from '../../catalogue/metrics';
import { judgeLimit } from './judge-limit';
import type { AlertInputs, Judgement } from './judgement';

const RULE = { metric: 'lowest_heart_rate', limit: 'alert_resting_heart_rate', when: 'from', margin: 1 } as const;

/** Whether last night's lowest heart rate lies so far above the person's own baseline; without a baseline there is no judgement. */
export function judgeRestingHeartRate(inputs: AlertInputs): Judgement {
  const { day } = inputs.value(RULE.metric);
  const { bpm, nights } = day === null ? { bpm: null, nights: 0 } : inputs.baselineBefore(day);
  if (bpm === null) {
    const details = { metric: RULE.metric, value: null, limit: null, unit: metricOf(RULE.metric).quantity.unit, baseline: null, nights };
    return { state: 'unknown', day, details };
  }
  const judged = judgeLimit(RULE, inputs, bpm);
  return { ...judged, details: { ...judged.details, baseline: bpm, nights } };
}
