import { instantAt } from '../catalogue/readers/instant-at';
import type { Instant } from '../catalogue/readers/instant-of';
import { sleepKind } from '../catalogue/readers/sleep-kind';
import { sleepLength } from '../catalogue/readers/sleep-length';
import type { Documents, StoredDocument } from '../ports/documents';
import { addDays } from './local-day';

/** A time in bed. The offset of its end is the clock it was slept by. */
export interface Night {
  readonly start: Instant;
  readonly end: Instant;
}

/** The main sleeps of some last days, oldest first. */
export function nightsOf(documents: Pick<Documents, 'range'>, today: string, days: number): readonly Night[] {
  return mainSleeps(documents.range('sleep', addDays(today, 1 - days), today)).flatMap(({ body }) => {
    const [start, end] = [instantAt(body, 'bedtime_start'), instantAt(body, 'bedtime_end')];
    return start === null || end === null ? [] : [{ start, end }];
  });
}

/** The longest long sleep of each day. */
function mainSleeps(periods: readonly StoredDocument[]): readonly StoredDocument[] {
  const byDay = new Map<string | null, StoredDocument>();
  for (const period of periods.filter(({ body }) => sleepKind(body) === 'long')) {
    const best = byDay.get(period.day);
    if (best === undefined || sleepLength(period.body) > sleepLength(best.body)) byDay.set(period.day, period);
  }
  return [...byDay.values()];
}
