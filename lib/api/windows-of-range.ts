import type { Endpoint } from '../catalogue/endpoint';
import { addDays } from './add-days';
import { checkRange } from './check-range';
import type { DayRange } from './day-range';
import type { Query } from './query';
import { splitRange } from './split-range';
import { startOfDay } from './start-of-day';
import { windowsOfSpan } from './windows-of-span';

/**
 * The windows that together ask for all documents of some local days, oldest first. Date windows are padded as the endpoint's row says,
 * so documents beyond the wanted days come too. An endpoint without window, or no range at all, makes one window without parameters.
 * @throws OuraError `date_invalid`, `range_invalid`, `unexpected` (unknown zone)
 */
export function windowsOfRange({ window }: Endpoint, range: DayRange | null): readonly Query[] {
  if (range === null || window.params === 'none') return [{}];
  if (window.params === 'datetime') {
    const { from, to, zone = 'utc' } = checkRange(range);
    return windowsOfSpan(window, { fromMs: startOfDay(from, zone), toMs: startOfDay(addDays(to, 1), zone) });
  }
  return splitRange(range, window.chunkDays).map(({ from, to }) => ({
    start_date: addDays(from, -window.padBefore),
    end_date: addDays(to, window.padAfter),
  }));
}
