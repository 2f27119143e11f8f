import type { Body } from '../metric';
import { numberAt } from './number-at';

/** Average blood oxygen of the night, %. The API writes 0.0 for a night without data (recorded 2024): null. */
export function knownSpo2(body: Body): number | null {
  const average = numberAt(body, 'spo2_percentage.average');
  return average === null || average <= 0 ? null : average;
}
