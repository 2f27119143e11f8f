import { LIMITS } from '../../catalogue/limits';
import { judgeLimit } from './judge-limit';
import type { AlertInputs, Judgement } from './judgement';

const RULE = { metric: 'ring_battery_level', limit: 'alert_ring_battery_level', when: 'up_to', margin: 5 } as const;

/** Whether the ring's battery is low and it is not on its charger. A level measured long ago starts nothing. */
export function judgeBattery(inputs: AlertInputs): Judgement {
  const judged = judgeLimit(RULE, inputs);
  if (judged.state !== 'active') return judged;
  if (inputs.value('charging').value === true) return { ...judged, state: 'clear' };
  const { at } = inputs.value(RULE.metric);
  const isOld = at !== null && inputs.now - Date.parse(at) > LIMITS.changeMaxAgeMs;
  return isOld ? { ...judged, state: 'unknown' } : judged;
}
