import { LIMITS } from '../catalogue/limits';
import type { Instant } from '../catalogue/readers/instant-of';
import type { Documents } from '../ports/documents';
import { aroundTheClock, DAY_MINUTES, minutesApart, minutesSince } from './clock-minutes';
import { livedClock } from './lived-clock';
import { localSlots } from './local-slots';
import { nightsOf } from './nights';

/** When a person usually is in bed, minutes after local midnight (0 to 1439). */
export interface UsualWindow {
  readonly start: number;
  readonly end: number;
}

const RADIANS = (2 * Math.PI) / DAY_MINUTES;

/**
 * The usual time in bed by the main sleeps of some last days: circular means of their bedtimes, so that 23:30 and 0:30
 * make midnight and not noon; by the clock of the place each night was slept at.
 * @param alikeMinutes the newest habit counts: the newest night that another one bears out, and all that ended so near to it by the clock
 * @returns null with fewer than LIMITS.usualNightsMin nights
 */
export function usualWindow(
  documents: Pick<Documents, 'range'>,
  today: string,
  zone: string,
  days: number = LIMITS.usualNights,
  alikeMinutes: number = DAY_MINUTES,
): UsualWindow | null {
  const nights = nightsOf(documents, today, days);
  if (nights.length < LIMITS.usualNightsMin) return null;
  const slotAt = livedClock(documents, nights, today, zone);
  const minuteAt = ({ ms }: Instant): number => Math.floor(slotAt(ms).minute);
  const spans = nights.map(({ start, end }) => ({ start: minuteAt(start), end: minuteAt(end) }));
  const like = ({ end }: UsualWindow): readonly UsualWindow[] => spans.filter((other) => minutesApart(end, other.end) <= alikeMinutes);
  const borneOut = spans.findLast((span) => like(span).length > 1);
  const alike = borneOut === undefined ? spans : like(borneOut);
  return { start: circularMean(alike.map(({ start }) => start)), end: circularMean(alike.map(({ end }) => end)) };
}

/** Whether a moment lies in the window, which may span midnight. */
export function isInWindow({ start, end }: UsualWindow, ms: number, zone: string): boolean {
  return minutesSince(start, Math.floor(localSlots(zone)(ms).minute)) < minutesSince(start, end);
}

function circularMean(minutes: readonly number[]): number {
  const x = minutes.reduce((sum, minute) => sum + Math.cos(minute * RADIANS), 0);
  const y = minutes.reduce((sum, minute) => sum + Math.sin(minute * RADIANS), 0);
  return aroundTheClock(Math.round(Math.atan2(y, x) / RADIANS));
}
