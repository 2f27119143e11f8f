import { ENDPOINT_KEYS, endpointOf } from '../catalogue/endpoints';
import type { AccountState } from './engine-events';
import { daysBetween } from './local-day';
import type { PlannerState } from './plan';
import type { Problem } from './problem-list';

const SIGN_IN_CODES: readonly string[] = ['not_authorised', 'token_missing', 'token_malformed'];

export interface Situation {
  readonly planner: PlannerState;
  readonly problems: readonly Problem[];
  readonly offlineSince: number | null;
  readonly today: string;
  readonly now: number;
}

/** Pure: the one state that says best how the account is. What needs a person comes first. */
export function accountStateOf({ planner, problems, offlineSince, today, now }: Situation): AccountState {
  const codes = problems.map(({ error }) => error.code);
  if (codes.some((code) => SIGN_IN_CODES.includes(code))) return { kind: 'sign_in' };
  if (codes.includes('membership_lapsed')) return { kind: 'membership' };
  const until = Math.max(planner.pausedUntil ?? 0, planner.budget.fresh > 0 ? 0 : planner.budget.resetAt);
  if (until > now) return { kind: 'waiting', until };
  if (offlineSince !== null) return { kind: 'offline', since: offlineSince };
  const percent = loadedPercent(planner, today);
  return percent === null ? { kind: 'connected' } : { kind: 'syncing', percent };
}

/** Days loaded of all days wanted, over the families that have a history; null when all is loaded or nothing is being loaded. */
export function loadedPercent(planner: PlannerState, today: string): number | null {
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
