import type { Body, Moment } from '../metric';
import { instantOf } from './instant-of';
import { openRestMode } from './open-rest-mode';
import { textAt } from './text-at';

/** When the rest mode in progress began: its start time, else its start day at 00:00 local; null when rest mode is off. */
export function restModeSince(bodies: readonly Body[], moment: Moment): string | null {
  const open = openRestMode(bodies, moment);
  if (open === null) return null;
  const start = textAt(open, 'start_time') ?? `${textAt(open, 'start_day') ?? ''}T00:00:00`;
  return instantOf(start) === null ? null : start;
}
