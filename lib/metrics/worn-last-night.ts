import type { Body } from '../catalogue/metric';
import { textAt } from '../catalogue/readers/text-at';

/** `class_5_min` begins at 4:00 local; '0' = ring not worn. */
const MIDNIGHT = 240;
const FOUR = 288;
const SIX = 24;
const NOT_WORN = /^0+$/;

/**
 * Whether the ring was worn in the small hours of today: not, when every 5-minute class from 0:00 to 6:00 that is known says so.
 * (Off by an hour in the night of a clock change, which does not matter here.)
 * @param yesterday daily_activity of yesterday, which holds 0:00 to 4:00 of today
 * @param today daily_activity of today so far
 * @returns null when the small hours are not known yet
 */
export function wornLastNight(yesterday: Body | null, today: Body | null): boolean | null {
  const before = yesterday === null ? null : (textAt(yesterday, 'class_5_min')?.slice(MIDNIGHT, FOUR) ?? null);
  const after = today === null ? null : (textAt(today, 'class_5_min')?.slice(0, SIX) ?? null);
  if (before === null || before.length < FOUR - MIDNIGHT || after === null || after === '') return null;
  return !NOT_WORN.test(before + after);
}
