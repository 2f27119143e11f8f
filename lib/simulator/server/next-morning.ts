import type { PersonData } from './person-data';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A ring may lie in a drawer for a while. */
const LOOK_AHEAD_MS = 60 * DAY_MS;

/**
 * A minute after the person next opens the app with a night that was not there before (webhooks come half a minute after).
 * @returns the instant; a day later when no such morning comes within 60 days
 */
export function nextMorning(data: PersonData, now: number): number {
  const newest = newestNight(data, now, now);
  const opened = data.person.syncs(now, now + LOOK_AHEAD_MS).filter(({ kind }) => kind === 'app');
  const morning = opened.find(({ at }) => newestNight(data, at - 2 * DAY_MS, at + MINUTE_MS) > newest);
  return (morning?.at ?? now + DAY_MS - MINUTE_MS) + MINUTE_MS;
}

/** Anchor of the newest daily_sleep visible at `at`; 0 when there is none. */
function newestNight(data: PersonData, from: number, at: number): number {
  return data.list('daily_sleep', Math.min(from, at) - 30 * DAY_MS, at + DAY_MS, at).at(-1)?.anchorMs ?? 0;
}
