import { DateTime } from 'luxon';

/** Where an offset is no whole hour, clocks change at half past. */
const HALF_HOUR_MS = 1_800_000;
/** No clock changes twice in so short a time. */
const SIX_HOURS_MS = 12 * HALF_HOUR_MS;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** 1970-01-01 was a Thursday; weeks here begin on Monday. */
const THURSDAY = 3;

/** Where an instant lies in the local week: weekday × hour (0 = Monday 00) and minutes after local midnight, with their fraction. */
export interface LocalSlot {
  readonly slot: number;
  readonly minute: number;
}

/** Reads local slots off a clock. @param ms epoch ms */
export type LocalSlots = (ms: number) => LocalSlot;

const HOURS = 24;
const WORKING_DAYS = 5;

/** Saturday or Sunday. */
export function isWeekend({ slot }: LocalSlot): boolean {
  return slot >= WORKING_DAYS * HOURS;
}

/** Reads local slots fast: the offset of a zone is asked for at the ends of six hours, and where they differ for each half hour between. */
export function localSlots(zone: string): LocalSlots {
  const offsetAt = offsets(zone);
  return (ms) => slotOf(ms + offsetAt(ms));
}

/** Local slots of a clock that stands so many minutes before UTC. */
export function fixedSlots(offset: number): LocalSlots {
  return (ms) => slotOf(ms + offset * MINUTE_MS);
}

/** @param local instant as if the local clock showed UTC */
function slotOf(local: number): LocalSlot {
  const minute = (((local % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS;
  const weekday = (((Math.floor(local / DAY_MS) + THURSDAY) % 7) + 7) % 7;
  return { slot: weekday * HOURS + Math.floor(minute / 60), minute };
}

function offsets(zone: string): (ms: number) => number {
  const ask = (ms: number): number => DateTime.fromMillis(ms, { zone }).offset * MINUTE_MS;
  let [from, to, offset] = [NaN, NaN, 0];
  return (ms) => {
    if (ms >= from && ms < to) return offset;
    from = Math.floor(ms / SIX_HOURS_MS) * SIX_HOURS_MS;
    to = from + SIX_HOURS_MS;
    offset = ask(from);
    if (offset === ask(to)) return offset;
    from = Math.floor(ms / HALF_HOUR_MS) * HALF_HOUR_MS;
    to = from + HALF_HOUR_MS;
    offset = ask(from);
    return offset;
  };
}
