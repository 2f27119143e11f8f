import { DateTime } from 'luxon';
import { OuraError } from '../errors/oura-error';

/**
 * The calendar day `days` after (or before, when negative) a day.
 * @param name what the day is called in the error
 * @throws OuraError `date_invalid` when it is no day written `YYYY-MM-DD`
 */
export function addDays(day: string, days: number, name = 'day'): string {
  const start = DateTime.fromFormat(day, 'yyyy-MM-dd', { zone: 'utc', locale: 'en-US', numberingSystem: 'latn' });
  const moved = start.plus({ days }).toISODate();
  if (!start.isValid || moved === null) throw new OuraError('date_invalid', { name });
  return moved;
}
