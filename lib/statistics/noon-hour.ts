import { DateTime } from 'luxon';
import { addDays, localDay } from '../sync/local-day';

const HOUR_MS = 3_600_000;

/**
 * The hour that stands for a day in statistics: the whole UTC hour that holds local noon, epoch ms. Noon is as far as can be from the ends
 * of the day, so that the day stays the same wherever in the world it is looked at within eleven hours. A day that a zone leaves out (it
 * crossed the date line) has the hour half a day after the noon before it, which no other day has.
 */
export function noonHour(day: string, zone: string): number {
  const noon = DateTime.fromISO(`${day}T12:00`, { zone }).toMillis();
  const ms = localDay(noon, zone) === day ? noon : noonHour(addDays(day, -1), zone) + 12 * HOUR_MS;
  return Math.floor(ms / HOUR_MS) * HOUR_MS;
}
