export const DAY_MINUTES = 1440;

/** A time of the day from any count of minutes: 0 to 1439. */
export function aroundTheClock(minutes: number): number {
  return ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
}

/** From one time of the day to the next moment it is another, minutes. */
export function minutesSince(from: number, minute: number): number {
  return aroundTheClock(minute - from);
}

/** Between two times of the day, the shorter way around, minutes. */
export function minutesApart(a: number, b: number): number {
  return Math.min(minutesSince(a, b), minutesSince(b, a));
}
