import { civil } from './civil';
import type { PersonModel } from './person-model';
import { TOPICS } from './topics';

const WEEK_DAYS = 7;
/** Day 4 since 1970 was a Monday. */
const FIRST_MONDAY = 4;
const TUESDAY = 2;

/** Weeks of work at night: shifts from Monday evening on, so that the sleep after them lies on Tuesday to Saturday. */
export const nightShift = {
  /** Whether the person comes home from a shift in the morning of `day`. */
  endsOn({ habits, trips }: PersonModel, day: number): boolean {
    if (habits.nightShifts !== true || trips.on(day) !== null || trips.on(day + 1) !== null) return false;
    const week = Math.floor((day - FIRST_MONDAY) / WEEK_DAYS);
    return week % 2 === 0 && civil.weekday(day) >= TUESDAY;
  },
  /** Clock hours of going to bed and of waking after a shift. */
  hours({ chance }: PersonModel, day: number): { readonly bedHour: number; readonly wakeHour: number } {
    const bedHour = 7.8 + 0.35 * chance.normal(TOPICS.bedtime, day);
    return { bedHour, wakeHour: bedHour + 7 + 0.45 * chance.normal(TOPICS.alarm, day) };
  },
} as const;
