import { OuraError } from '../errors/oura-error';
import { addDays } from './add-days';
import type { DayRange } from './day-range';

/**
 * The range itself when both ends are days and in order.
 * @throws OuraError `date_invalid`, `range_invalid`
 */
export function checkRange(range: DayRange): DayRange {
  const start = addDays(range.from, 0, 'from');
  const end = addDays(range.to, 0, 'to');
  if (start > end) throw new OuraError('range_invalid', { start, end });
  return range;
}
