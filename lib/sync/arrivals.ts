import { DateTime } from 'luxon';

const HOURS_A_DAY = 24;

/** Counts one arrival of new data in the local weekday × hour table (168 counts, Monday 00 first). */
export function learnArrival(arrivals: readonly number[], at: number, zone: string): readonly number[] {
  const { weekday, hour } = DateTime.fromMillis(at, { zone });
  const slot = (weekday - 1) * HOURS_A_DAY + hour;
  return arrivals.map((count, index) => (index === slot ? count + 1 : count));
}
