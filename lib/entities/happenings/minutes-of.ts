import { QUANTITIES } from '../../catalogue/quantities';
import { shownValue } from '../../catalogue/shown-value';

/** Seconds of the API as the minutes that entities show. */
export function minutesOf(seconds: number | null): number | null {
  return seconds === null ? null : shownValue(seconds, QUANTITIES.duration);
}
