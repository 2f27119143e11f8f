import { endpointOf } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { learnArrival } from './arrivals';
import { addDays } from './local-day';
import type { FamilyState, Fetch } from './plan';
import type { FetchOutcome } from './run-fetch';

/** Pure: what a fetch that went well changes in its family's state. */
export function settleSuccess(fetch: Fetch, family: FamilyState, outcome: FetchOutcome, now: number, zone: string): Partial<FamilyState> {
  const isNew = outcome.created + outcome.updated + outcome.rows > 0;
  const isFresh = fetch.kind === 'first' || fetch.kind === 'recent';
  return {
    failures: 0,
    retryAt: null,
    errorCode: null,
    blocked: null,
    blockedUntil: null,
    newestDay: outcome.newestDay,
    newestAt: outcome.newestAt,
    reached: reachedBy(fetch, family.reached),
    ...(isFresh && { lastSuccessAt: now }),
    ...(isNew && { lastChangeAt: now }),
    ...(isNew && fetch.kind === 'recent' && { arrivals: learnArrival(family.arrivals, now, zone) }),
  };
}

/** How far back the family is loaded without a gap; a range that does not join what is there does not count. */
function reachedBy(fetch: Fetch, reached: string | null): string | null {
  if (fetch.kind === 'first') return endpointOf(fetch.endpoint).window.params === 'none' ? LIMITS.firstDay : fetch.from;
  if (fetch.kind !== 'history' && fetch.kind !== 'reconcile') return reached;
  if (reached === null) return null;
  return fetch.to >= addDays(reached, -1) && fetch.from < reached ? fetch.from : reached;
}
