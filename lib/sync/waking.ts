import { LIMITS } from '../catalogue/limits';
import type { Documents } from '../ports/documents';
import { aroundTheClock, minutesSince } from './clock-minutes';
import { usualWindow } from './usual-window';

/** When a person is awake these days, minutes after local midnight; may span midnight. */
export interface Waking {
  readonly from: number;
  readonly to: number;
}

/** As long as the nights have not told: 7:00 to 23:00. */
export const USUAL_WAKING: Waking = { from: 7 * 60, to: 23 * 60 };
/** Some wake earlier than usual, some sit up: both count as awake. */
const EARLIER = 30;
const LATER = 30;

/** Waking hours by the last nights that ended at about the same time: shift work moves them with its second, one late night never. */
export function wakingOf(documents: Pick<Documents, 'range'>, today: string, zone: string): Waking {
  const usual = usualWindow(documents, today, zone, LIMITS.wakingNights, LIMITS.wakingAlikeMinutes);
  return usual === null ? USUAL_WAKING : { from: aroundTheClock(usual.end - EARLIER), to: aroundTheClock(usual.start + LATER) };
}

/** @param minute after local midnight; any whole number */
export function isAwake({ from, to }: Waking, minute: number): boolean {
  return minutesSince(from, minute) < minutesSince(from, to);
}

/** Nobody opens the app for last night so long before they usually wake: until then it is the evening before, minutes. */
const BEFORE_WAKING = 180;
/** Later than this it may be last night that a sync brings, whatever the person's habits: minutes after midnight. */
const MAY_BE_MORNING = 240;

/** When the day begins that the person wakes to, minutes after local midnight. */
export function dayBegins({ from }: Waking): number {
  return minutesSince(BEFORE_WAKING, from);
}

/** Whether at such a time of a day a sync may bring the night that ended on it. */
export function mayBringNight({ from }: Waking, minute: number): boolean {
  return minute >= Math.min(MAY_BE_MORNING, Math.max(0, from - BEFORE_WAKING));
}

/** How long ago the person usually woke, minutes; null while they usually sleep. */
export function minutesAwake(waking: Waking, minute: number): number | null {
  return isAwake(waking, minute) ? minutesSince(waking.from, minute) : null;
}
