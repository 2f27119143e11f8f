import { numberAt } from '../../catalogue/readers/number-at';
import { textAt } from '../../catalogue/readers/text-at';
import { newestNight, type Night } from '../../metrics/newest-night';
import type { Documents } from '../../ports/documents';
import { minutesOf } from './minutes-of';

const LAST_DAY = '9999-12-31';

/** What an automation that starts with a night may want to know. `is_newest` false: an older night that came late. */
export function nightAttributes(documents: Pick<Documents, 'range' | 'newest'>, { day, main }: Night): Readonly<Record<string, unknown>> {
  const body = main?.body ?? {};
  return {
    id: main?.id ?? null,
    day,
    is_newest: newestNight(documents, LAST_DAY)?.day === day,
    bedtime_start: textAt(body, 'bedtime_start'),
    bedtime_end: textAt(body, 'bedtime_end'),
    total_sleep_duration: minutesOf(numberAt(body, 'total_sleep_duration')),
    time_in_bed: minutesOf(numberAt(body, 'time_in_bed')),
    efficiency: numberAt(body, 'efficiency'),
    average_hrv: numberAt(body, 'average_hrv'),
    average_heart_rate: numberAt(body, 'average_heart_rate'),
    lowest_heart_rate: numberAt(body, 'lowest_heart_rate'),
  };
}
