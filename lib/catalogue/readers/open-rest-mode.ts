import type { Body, Moment } from '../metric';
import { instantAt } from './instant-at';
import { textAt } from './text-at';

const DAY = /^\d{4}-\d{2}-\d{2}/;

/**
 * The rest mode period that is in progress: the last one begun, unless it has ended. Without `end_time` its `end_day` decides,
 * that day included; without both it is open.
 * @param bodies periods begun on or before today, oldest first
 * @returns null when rest mode is off
 */
export function openRestMode(bodies: readonly Body[], { today, now }: Moment): Body | null {
  const last = bodies.findLast((body) => DAY.test(textAt(body, 'start_day') ?? ''));
  if (last === undefined) return null;
  const end = instantAt(last, 'end_time');
  if (end !== null && end.offset !== null) return end.ms > now ? last : null;
  const endDay = [textAt(last, 'end_time'), textAt(last, 'end_day')]
    .map((text) => DAY.exec(text ?? '')?.[0])
    .find((day) => day !== undefined);
  return endDay === undefined || endDay >= today ? last : null;
}
