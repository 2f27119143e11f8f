import type { Body } from '../metric';
import { samplesAt } from './samples-at';

/** The highest of the period's 5-minute HRV samples, ms (RMSSD). */
export function highestHrv(body: Body): number | null {
  const known = samplesAt(body, 'hrv')?.items.filter((item) => item !== null) ?? [];
  return known.reduce<number | null>((high, item) => (high === null || item > high ? item : high), null);
}
