import { DateTime } from 'luxon';
import { LIMITS } from '../catalogue/limits';
import { instantAt } from '../catalogue/readers/instant-at';
import { sleepKind } from '../catalogue/readers/sleep-kind';
import { sleepLength } from '../catalogue/readers/sleep-length';
import type { Documents, StoredDocument } from '../ports/documents';
import { aroundTheClock, DAY_MINUTES, minutesApart, minutesSince } from './clock-minutes';
import { addDays } from './local-day';

/** When a person usually is in bed, minutes after local midnight (0 to 1439). */
export interface UsualWindow {
  readonly start: number;
  readonly end: number;
}

const RADIANS = (2 * Math.PI) / DAY_MINUTES;

/**
 * The usual time in bed by the main sleeps of some last days: circular means of their bedtimes, so that 23:30 and 0:30
 * make midnight and not noon.
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
  const mains = mainSleeps(documents.range('sleep', addDays(today, 1 - days), today));
  const spans = mains.flatMap(({ body }) => {
    const [start, end] = [instantAt(body, 'bedtime_start'), instantAt(body, 'bedtime_end')];
    return start === null || end === null ? [] : [{ start: minuteOfDay(start.ms, zone), end: minuteOfDay(end.ms, zone) }];
  });
  if (spans.length < LIMITS.usualNightsMin) return null;
  const like = ({ end }: UsualWindow): readonly UsualWindow[] => spans.filter((other) => minutesApart(end, other.end) <= alikeMinutes);
  const borneOut = spans.findLast((span) => like(span).length > 1);
  const alike = borneOut === undefined ? spans : like(borneOut);
  return { start: circularMean(alike.map(({ start }) => start)), end: circularMean(alike.map(({ end }) => end)) };
}

/** Whether a moment lies in the window, which may span midnight. */
export function isInWindow({ start, end }: UsualWindow, ms: number, zone: string): boolean {
  return minutesSince(start, minuteOfDay(ms, zone)) < minutesSince(start, end);
}

/** The longest long sleep of each day. */
function mainSleeps(periods: readonly StoredDocument[]): readonly StoredDocument[] {
  const byDay = new Map<string | null, StoredDocument>();
  for (const period of periods.filter(({ body }) => sleepKind(body) === 'long')) {
    const best = byDay.get(period.day);
    if (best === undefined || sleepLength(period.body) > sleepLength(best.body)) byDay.set(period.day, period);
  }
  return [...byDay.values()];
}

function minuteOfDay(ms: number, zone: string): number {
  const { hour, minute } = DateTime.fromMillis(ms, { zone });
  return 60 * hour + minute;
}

function circularMean(minutes: readonly number[]): number {
  const x = minutes.reduce((sum, minute) => sum + Math.cos(minute * RADIANS), 0);
  const y = minutes.reduce((sum, minute) => sum + Math.sin(minute * RADIANS), 0);
  return aroundTheClock(Math.round(Math.atan2(y, x) / RADIANS));
}
