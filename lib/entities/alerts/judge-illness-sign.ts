import { judgeLimit, type LimitRule } from './judge-limit';
import { judgeRestingHeartRate } from './judge-resting-heart-rate';
import type { AlertInputs, Judgement } from './judgement';

export const TEMPERATURE: LimitRule = {
  metric: 'temperature_deviation',
  limit: 'alert_temperature_deviation',
  when: 'from',
  margin: 0.05,
};

/**
 * Temperature and resting heart rate of the same night are both above what is usual for the person. That is all it says: it is no
 * diagnosis, and one of the two alone (a warm room, a late drink) is no sign.
 */
export function judgeIllnessSign(inputs: AlertInputs): Judgement {
  const temperature = judgeLimit(TEMPERATURE, inputs);
  const heart = judgeRestingHeartRate(inputs);
  const details = {
    temperature_deviation: temperature.details['value'] ?? null,
    lowest_heart_rate: heart.details['value'] ?? null,
    baseline: heart.details['baseline'] ?? null,
    nights: heart.details['nights'] ?? null,
  };
  const { day } = temperature;
  const isSameNight = day !== null && day === heart.day;
  const states = [temperature.state, heart.state];
  const state = !isSameNight
    ? 'unknown'
    : states.every((one) => one === 'active')
      ? 'active'
      : states.includes('clear')
        ? 'clear'
        : 'unknown';
  return { state, day, details };
}
