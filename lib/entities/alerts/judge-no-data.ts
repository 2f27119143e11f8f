import { daysBetween } from '../../sync/local-day';
import type { AlertInputs, Judgement } from './judgement';

/** Whether the ring has brought nothing for so many days. An outage of Oura is no silence of the ring. */
export function judgeNoData({ newestDay, today, hasAsked, controls }: AlertInputs): Judgement {
  const limit = controls.number('alert_days_without_data');
  const days = newestDay === null ? null : Math.max(0, daysBetween(newestDay, today));
  const details = { value: days, limit, unit: 'd' };
  if (days === null) return { state: 'unknown', day: newestDay, details };
  if (days < limit) return { state: 'clear', day: newestDay, details };
  return { state: hasAsked ? 'active' : 'unknown', day: newestDay, details };
}
