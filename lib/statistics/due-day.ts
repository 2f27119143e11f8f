import { metricOf, type MetricKey } from '../catalogue/metrics';
import { addDays, earlier, localDay } from '../sync/local-day';
import type { NoonHours } from './noon-hours';
import type { FamilyDays } from './statistics-source';

/** Before every day. */
const NEVER = '0000-01-01';

/**
 * The last day whose value belongs into statistics. A night is complete when it arrives, and waits for its hour to come; everything else
 * waits until its day is over and Oura was asked since, so that no half day is taken for a whole one.
 */
export function dueDay(key: MetricKey, { overThrough }: Pick<FamilyDays, 'overThrough'>, now: number, hours: NoonHours): string {
  const today = localDay(now, hours.zone);
  const yesterday = addDays(today, -1);
  if (metricOf(key).kindOfDay === 'night') return hours.of(today) <= now ? today : yesterday;
  return earlier(yesterday, overThrough ?? NEVER);
}
