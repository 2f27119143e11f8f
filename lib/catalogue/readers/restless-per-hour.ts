import type { Body } from '../metric';
import { numberAt } from './number-at';
import { ratioOf } from './ratio-of';

const HOUR_SECONDS = 3600;

/** Restless periods per hour of sleep; null when either is missing or nothing was slept. */
export function restlessPerHour(body: Body): number | null {
  return ratioOf(numberAt(body, 'restless_periods'), numberAt(body, 'total_sleep_duration'), HOUR_SECONDS);
}
