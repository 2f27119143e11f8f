import type { Body } from '../metric';
import { isoOf } from './iso-of';
import { samplesAt } from './samples-at';

/**
 * When the heart beat slowest: start of the first lowest of the period's 5-minute samples. (The field `lowest_heart_rate` itself is
 * from 30-second samples that the API does not give.)
 */
export function lowestHeartRateTime(body: Body): string | null {
  const samples = samplesAt(body, 'heart_rate');
  if (samples === null) return null;
  const lowest = samples.items.reduce((low, item) => (item !== null && (low === null || item < low) ? item : low), null);
  if (lowest === null) return null;
  return isoOf({ ms: samples.start.ms + samples.items.indexOf(lowest) * samples.intervalMs, offset: samples.start.offset });
}
