import { DateTime } from 'luxon';

/** Where an offset is no whole hour, clocks change at half past. */
const HALF_HOUR_MS = 1_800_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** 1970-01-01 was a Thursday; weeks here begin on Monday. */
const THURSDAY = 3;

/** Where an instant lies in the local week: weekday × hour (0 = Monday 00) and minutes after local midnight, with their fraction. */
export interface LocalSlot {
  readonly slot: number;
  readonly minute: number;
}

const HOURS = 24;
const WORKING_DAYS = 5;

/** Saturday or Sunday. */
export function isWeekend({ slot }: LocalSlot): boolean {
  return slot >= WORKING_DAYS * HOURS;
}

/** Reads local slots fast: the offset of a zone is asked for once in half an hour, since it changes on the hour or the half hour (UTC). */
export function localSlots(zone: string): (ms: number) => LocalSlot {
  let asked = NaN;
  let offsetMs = 0;
  return (ms) => {
    const half = Math.floor(ms / HALF_HOUR_MS);
    if (half !== asked) {
      asked = half;
      offsetMs = DateTime.fromMillis(ms, { zone }).offset * MINUTE_MS;
    }
    const local = ms + offsetMs;
    const minute = (((local % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS;
    const weekday = (((Math.floor(local / DAY_MS) + THURSDAY) % 7) + 7) % 7;
    return { slot: weekday * HOURS + Math.floor(minute / 60), minute };
  };
}
