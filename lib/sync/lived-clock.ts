import { DateTime } from 'luxon';
import { instantAt } from '../catalogue/readers/instant-at';
import type { Instant } from '../catalogue/readers/instant-of';
import type { Documents } from '../ports/documents';
import { addDays } from './local-day';
import { fixedSlots, localSlots, type LocalSlots } from './local-slots';
import type { Night } from './nights';

/**
 * Local slots as the person lived them: until the newest night by the clock each night was slept by, so that somebody who travels keeps
 * their habits; since then by the person's zone. If that is not where the ring last was, the person has chosen it, and it counts for all.
 * @param nights oldest first
 */
export function livedClock(documents: Pick<Documents, 'range'>, nights: readonly Night[], today: string, zone: string): LocalSlots {
  const here = localSlots(zone);
  const newest = nights.at(-1)?.end;
  const moved = documents.range('daily_activity', addDays(today, -1), today).at(-1);
  const last = latest(newest ?? null, moved === undefined ? null : instantAt(moved.body, 'timestamp'));
  if (newest === undefined || last === null || !isIn(zone, last)) return here;
  const stays = nights.map(({ start, end }) => ({ from: start.ms, slots: isIn(zone, end) ? here : fixedSlots(end.offset ?? 0) }));
  if (stays.every(({ slots }) => slots === here)) return here;
  return (ms) => (ms > newest.ms ? here : ((stays.findLast(({ from }) => from <= ms) ?? stays[0])?.slots ?? here))(ms);
}

function latest(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b.ms > a.ms) ? b : a;
}

/** Whether clocks of a zone stood as they did where the ring was. */
function isIn(zone: string, { ms, offset }: Instant): boolean {
  return offset === null || DateTime.fromMillis(ms, { zone }).offset === offset;
}
