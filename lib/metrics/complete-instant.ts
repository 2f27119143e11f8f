import { DateTime } from 'luxon';
import { instantOf } from '../catalogue/readers/instant-of';

/**
 * A date-time of the API with an offset: its own, or where it names none that of the person's zone at that local time.
 * @returns null when it is no date-time
 */
export function completeInstant(text: string, zone: string): string | null {
  const instant = instantOf(text);
  if (instant === null) return null;
  if (instant.offset !== null) return text;
  return DateTime.fromISO(text, { zone }).toISO({ suppressMilliseconds: true });
}
