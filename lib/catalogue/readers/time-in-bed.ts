import type { Body } from '../metric';
import { numberAt } from './number-at';
import { secondsBetween } from './seconds-between';

/** Seconds in bed of a sleep period, asleep or not: as given, else end minus start, else 0. */
export function timeInBed(body: Body): number {
  return numberAt(body, 'time_in_bed') ?? secondsBetween(body, 'bedtime_start', 'bedtime_end') ?? 0;
}
