import { median } from '../../analytics/median';
import { numberAt } from '../../catalogue/readers/number-at';
import { newestNight } from '../../metrics/newest-night';
import type { Documents } from '../../ports/documents';
import { addDays } from '../../sync/local-day';

/** What a night's lowest heart rate is compared with: the median of nights before, bpm; null = too few nights. */
export interface RestingBaseline {
  readonly bpm: number | null;
  readonly nights: number;
}

const DAYS = 28;
/** Our choice: two weeks, so that one weekend does not decide. */
const MIN_NIGHTS = 14;

/** The person's own baseline from the main sleeps of the four weeks before a day. */
export function restingBaseline(documents: Pick<Documents, 'range'>, day: string): RestingBaseline {
  const periods = documents.range('sleep', addDays(day, -DAYS), addDays(day, -1));
  const rates = [...new Set(periods.map((period) => period.day))].flatMap((one) => {
    const ofDay = periods.filter((period) => period.day === one);
    const night = one === null ? null : newestNight({ newest: () => ofDay.at(-1) ?? null, range: () => ofDay }, one);
    return numberAt(night?.main?.body ?? {}, 'lowest_heart_rate') ?? [];
  });
  return { bpm: rates.length < MIN_NIGHTS ? null : median(rates), nights: rates.length };
}
