import type { Span } from '../api/split-span';
import { LIMITS } from '../catalogue/limits';
import { startOfDay } from './local-day';

const DAY_MS = 86_400_000;

/**
 * Where the newest rows of a series are looked for: from a while before the newest row that is stored, so that what came late is found.
 * @param from first local day asked for
 * @param newestAt instant of the newest stored row
 */
export function newestRows(from: string, newestAt: number, zone: string, now: number): Span {
  const unread = Math.min(startOfDay(from, zone), now - LIMITS.silenceMaxDays * DAY_MS); // longer ago when nobody asked for longer
  const since = Math.max(newestAt - LIMITS.seriesOverlapMs, unread);
  return { fromMs: Math.min(since, now), toMs: now + DAY_MS };
}
