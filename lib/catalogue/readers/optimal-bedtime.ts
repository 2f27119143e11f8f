import type { Body } from '../metric';
import { instantOf } from './instant-of';
import { isoOf } from './iso-of';
import { numberAt } from './number-at';
import { textAt } from './text-at';

/**
 * The part of a row that reads one end of the recommended bedtime: midnight of the document's day in its own offset (`day_tz`, seconds)
 * plus the offset (seconds, negative = before midnight).
 */
export function optimalBedtime(end: 'start_offset' | 'end_offset'): {
  readonly fields: readonly string[];
  readonly read: (body: Body) => string | null;
} {
  const path = `optimal_bedtime.${end}`;
  return {
    fields: [path, 'optimal_bedtime.day_tz'],
    read: (body) => {
      const midnight = instantOf(`${textAt(body, 'day') ?? ''}T00:00:00Z`);
      const [offset, zone] = [numberAt(body, path), numberAt(body, 'optimal_bedtime.day_tz')];
      if (midnight === null || offset === null || zone === null || Math.abs(zone) > 86_400) return null;
      return isoOf({ ms: midnight.ms + (offset - zone) * 1000, offset: Math.round(zone / 60) });
    },
  };
}
