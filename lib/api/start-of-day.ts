import { DateTime } from 'luxon';
import { OuraError } from '../errors/oura-error';

const HOUR_MS = 3_600_000;

/**
 * The first instant of a local day, epoch ms: midnight, or what the clock shows instead where midnight is skipped; the earlier one where
 * midnight comes twice (clocks put back at 1:00).
 * @param zone IANA zone or fixed offset
 * @throws OuraError `unexpected` for a zone nobody knows
 */
export function startOfDay(day: string, zone: string): number {
  const start = DateTime.fromISO(day, { zone }).startOf('day');
  if (!start.isValid) throw new OuraError('unexpected', { reason: 'time zone' });
  const earlier = start.minus(HOUR_MS);
  return earlier.toISODate() === day ? earlier.toMillis() : start.toMillis();
}
