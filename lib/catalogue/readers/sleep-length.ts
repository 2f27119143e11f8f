import type { Body } from '../metric';
import { numberAt } from './number-at';
import { timeInBed } from './time-in-bed';

/** Length of a sleep period in seconds, by which the main sleep is chosen: time asleep, else time in bed. */
export function sleepLength(body: Body): number {
  return numberAt(body, 'total_sleep_duration') ?? timeInBed(body);
}
