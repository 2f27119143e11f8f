import { ENDPOINT_KEYS, endpointOf } from '../catalogue/endpoints';
import type { OuraError } from '../errors/oura-error';
import type { AccountState } from './engine-events';
import { daysBetween } from './local-day';
import type { PlannerState } from './plan';
import type { Problem } from './problem-list';
import { REFUSED_CODES } from './refused-codes';

export interface Situation {
  readonly planner: PlannerState;
  readonly problems: readonly Problem[];
  readonly offlineSince: number | null;
  readonly today: string;
  readonly now: number;
}

/** Pure: the one state that says best how the account is. What needs a person comes first. */
export function accountStateOf({ planner, problems, offlineSince, today, now }: Situation): AccountState {
  if (problems.some(({ error }) => error.needsSignIn)) return { kind: 'sign_in' };
  if (problems.some(({ error }) => error.code === 'membership_lapsed')) return { kind: 'membership' };
  const until = Math.max(planner.pausedUntil ?? 0, planner.budget.fresh > 0 ? 0 : planner.budget.resetAt);
  if (until > now) return { kind: 'waiting', until };
  if (offlineSince !== null) return { kind: 'offline', since: offlineSince };
  const percent = loadedPercent(planner, today);
  return percent === null ? { kind: 'connected' } : { kind: 'syncing', percent };
}

/** Days loaded of all days wanted, over the families that have a history; null when all is loaded or nothing is being loaded. */
export function loadedPercent(planner: Pick<PlannerState, 'families' | 'historyFrom' | 'historyRuns'>, today: string): number | null {
  const span = daysBetween(planner.historyFrom, today) + 1;
  let wanted = 0;
  let loaded = 0;
  for (const endpoint of ENDPOINT_KEYS) {
    const family = planner.families[endpoint];
    if (family?.enabled !== true || family.blocked !== null || endpointOf(endpoint).window.params === 'none') continue;
    wanted += span;
    loaded += family.reached === null ? 0 : Math.min(span, daysBetween(family.reached, today) + 1);
  }
  return loaded >= wanted || !planner.historyRuns ? null : Math.floor((100 * loaded) / wanted);
}

/** Pure: the state of an account that could not find out yet who it belongs to. */
export function stateWithoutEngine(error: OuraError, before: AccountState, now: number): AccountState {
  if (error.needsSignIn) return { kind: 'sign_in' };
  if (REFUSED_CODES.includes(error.code)) return { kind: 'refused' };
  if (error.code === 'membership_lapsed') return { kind: 'membership' };
  return before.kind === 'offline' ? before : { kind: 'offline', since: now };
}
