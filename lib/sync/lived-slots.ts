import { DateTime } from 'luxon';
import type { Instant } from '../catalogue/readers/instant-of';
import { fixedSlots, localSlots, type LocalSlots } from './local-slots';

/** A time in bed by the clock of the place; ends with the offset the ring wrote down. */
export interface Night {
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * Local slots as the person lived them: before the newest night by the clock each night was slept by, so that somebody who travels keeps
 * their habits; since then, and where the newest night was slept by another clock than the person's zone, by that zone.
 * @param nights oldest first
 */
export function livedSlots(zone: string, nights: readonly Night[]): LocalSlots {
  const here = localSlots(zone);
  const isHere = ({ end: { ms, offset } }: Night): boolean => offset === null || DateTime.fromMillis(ms, { zone }).offset === offset;
  const newest = nights.at(-1);
  if (newest === undefined || !isHere(newest) || nights.every(isHere)) return here;
  const stays = nights.map((night) => ({ from: night.start.ms, slots: isHere(night) ? here : fixedSlots(night.end.offset ?? 0) }));
  return (ms) => (stays.findLast(({ from }) => from <= ms) ?? stays[0])?.slots(ms) ?? here(ms);
}
