import { DateTime } from 'luxon';
import type { ControlValues } from '../control-values';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Zones are whole quarters of an hour apart and clocks are changed by those; so no longer step misses an end. */
const STEP_MS = HOUR_MS / 4;

/**
 * When the quiet that reigns now is over, epoch ms; null = it is not quiet. Quiet hours are local hours with fractions, may go over
 * midnight, and are none when they begin where they end; a pause is quiet too.
 */
export function quietUntil(now: number, controls: Pick<ControlValues, 'number' | 'pausedUntil'>, zone: string): number | null {
  const start = Math.round(controls.number('quiet_hours_start') * HOUR_MS);
  const end = Math.round(controls.number('quiet_hours_end') * HOUR_MS);
  let at = controls.pausedUntil === null ? now : Math.max(now, controls.pausedUntil);
  for (let time = timeOfDay(at, zone); isWithin(time, start, end); time = timeOfDay(at, zone)) {
    const left = time < end ? end - time : end + DAY_MS - time;
    at += Math.min(STEP_MS, left);
  }
  return at > now ? at : null;
}

/** Milliseconds on the clock on the wall since midnight. */
function timeOfDay(ms: number, zone: string): number {
  const { hour, minute, second, millisecond } = DateTime.fromMillis(ms, { zone });
  return hour * HOUR_MS + (minute * 60 + second) * 1000 + millisecond;
}

function isWithin(time: number, start: number, end: number): boolean {
  return start <= end ? time >= start && time < end : time >= start || time < end;
}
