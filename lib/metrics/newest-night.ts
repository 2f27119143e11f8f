import { sleepKind } from '../catalogue/readers/sleep-kind';
import { sleepLength } from '../catalogue/readers/sleep-length';
import { timeInBed } from '../catalogue/readers/time-in-bed';
import type { Documents, StoredDocument } from '../ports/documents';
import { addDays } from '../sync/local-day';
import { newestOnOrBefore } from './newest-on-or-before';

/**
 * A `rest` or `deleted` period of at least this length stands for a night that was rejected, a shorter one for a rest on the sofa.
 * Oura calls a sleep long from 3 h.
 */
const NIGHT_SECONDS = 3 * 3600;
const NEAR_DAYS = 14;

/** The newest night: its day, its main sleep (null: the night was rejected or deleted), and all that counts as sleep that day. */
export interface Night {
  readonly day: string;
  readonly main: StoredDocument | null;
  readonly sleeps: readonly StoredDocument[];
}

/**
 * The newest night on or before a day. The main sleep is the longest `long_sleep` of its day; naps make no night, so that neither a nap nor
 * midnight takes the last night's place. A day whose only night is `rest` or `deleted` is a night without a main sleep.
 */
export function newestNight(documents: Pick<Documents, 'range' | 'newest'>, today: string): Night | null {
  const newest = newestOnOrBefore(documents, 'sleep', today);
  if (newest?.day === undefined || newest.day === null) return null;
  return (
    lastNightOf(documents.range('sleep', addDays(newest.day, -NEAR_DAYS), newest.day)) ??
    lastNightOf(documents.range('sleep', null, newest.day))
  );
}

function lastNightOf(periods: readonly StoredDocument[]): Night | null {
  for (const day of [...new Set(periods.map((period) => period.day))].toReversed()) {
    const night =
      day === null
        ? null
        : nightOf(
            day,
            periods.filter((period) => period.day === day),
          );
    if (night !== null) return night;
  }
  return null;
}

function nightOf(day: string, periods: readonly StoredDocument[]): Night | null {
  const sleeps = periods.filter(({ body }) => sleepKind(body) !== null);
  const long = sleeps.filter(({ body }) => sleepKind(body) === 'long');
  const main = long.reduce<StoredDocument | null>(
    (best, one) => (best === null || sleepLength(one.body) > sleepLength(best.body) ? one : best),
    null,
  );
  if (main !== null) return { day, main, sleeps };
  const wasRejected = periods.some(({ body }) => sleepKind(body) === null && timeInBed(body) >= NIGHT_SECONDS);
  return wasRejected ? { day, main: null, sleeps } : null;
}
