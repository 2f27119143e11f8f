import { LIMITS } from '../../catalogue/limits';
import type { AlertState } from './alert-state';
import type { Judgement } from './judgement';

type Judged = Pick<Judgement, 'state' | 'day'>;

/**
 * What a judgement does to an alert: it starts, it ends, or (null) nothing happens. Pure. Starts and ends take turns; after an end it
 * starts again no sooner than LIMITS.alertCoolDownMs, a daily one also with another day's data. It ends by a judgement only: midnight
 * and silence end nothing.
 */
export function stepAlert(state: AlertState, { state: judged, day }: Judged, daily: boolean, now: number): AlertState | null {
  const isOtherDay = daily && day !== state.day;
  if (state.since !== null) {
    const isOver = judged === 'clear' || (judged === 'active' && isOtherDay);
    return isOver ? { ...state, since: null, endedAt: now, owed: 'end' } : null;
  }
  if (judged !== 'active' || (isCooling(state.endedAt, now) && !isOtherDay)) return null;
  return { ...state, since: now, day, owed: 'start' };
}

/** A clock that was set back does not make it longer. */
function isCooling(endedAt: number | null, now: number): boolean {
  return endedAt !== null && now >= endedAt && now - endedAt < LIMITS.alertCoolDownMs;
}
