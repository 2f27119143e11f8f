import { LIMITS } from '../../catalogue/limits';
import { sleepKind } from '../../catalogue/readers/sleep-kind';
import { newestNight, type Night } from '../../metrics/newest-night';
import type { Change } from '../../ports/change-log';
import type { Documents } from '../../ports/documents';
import { addDays } from '../../sync/local-day';

/** A night longer ago than this has not arrived but was amended or loaded late. */
export const NIGHT_DAYS: number = LIMITS.silenceMaxDays;

/**
 * The night of a change, if that gave its day a main sleep: an amended night is not new, naps and rejected nights are none.
 * @param today a day more or less does not matter
 */
export function isNewNight(documents: Pick<Documents, 'range' | 'newest'>, change: Change, today: string): Night | null {
  const { day, previous, at, id } = change;
  if (day === null || day < addDays(today, -NIGHT_DAYS)) return null;
  if (previous !== null && sleepKind(previous) === 'long') return null;
  const night = newestNight(documents, day);
  if (night?.day !== day || night.main === null) return null;
  const hadMain = night.sleeps.some((one) => one.id !== id && one.seenAt < at && sleepKind(one.body) === 'long');
  return hadMain ? null : night;
}
