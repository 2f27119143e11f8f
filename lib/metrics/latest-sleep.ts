import { instantAt } from '../catalogue/readers/instant-at';
import { sleepKind } from '../catalogue/readers/sleep-kind';
import type { Documents, StoredDocument } from '../ports/documents';
import { addDays } from '../sync/local-day';

const NEAR_DAYS = 14;

/** The sleep that ended last, naps included. A late nap counts to the next day and is found all the same. */
export function latestSleep(documents: Pick<Documents, 'range' | 'newest'>): StoredDocument | null {
  const newest = documents.newest('sleep');
  if (newest?.day === undefined || newest.day === null) return null;
  return lastEnded(documents.range('sleep', addDays(newest.day, -NEAR_DAYS), null)) ?? lastEnded(documents.range('sleep', null, null));
}

function lastEnded(periods: readonly StoredDocument[]): StoredDocument | null {
  const endOf = ({ body }: StoredDocument): number => instantAt(body, 'bedtime_end')?.ms ?? -Infinity;
  const sleeps = periods.filter(({ body }) => sleepKind(body) !== null);
  return sleeps.reduce<StoredDocument | null>((last, one) => (last === null || endOf(one) >= endOf(last) ? one : last), null);
}
