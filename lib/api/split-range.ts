import { addDays } from './add-days';
import { checkRange } from './check-range';
import type { DayRange } from './day-range';

/**
 * Cuts a range into pieces of at most `chunkDays` days, oldest first, without gap or overlap.
 * @throws OuraError `date_invalid`, `range_invalid`
 */
export function splitRange(range: DayRange, chunkDays: number): readonly DayRange[] {
  const { from: first, to: last } = checkRange(range);
  const chunks: DayRange[] = [];
  for (let from = first; from <= last; from = addDays(from, chunkDays)) {
    const end = addDays(from, chunkDays - 1);
    chunks.push({ ...range, from, to: end < last ? end : last });
  }
  return chunks;
}
