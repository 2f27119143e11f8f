import { endpointOf } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { unread } from './family-due';
import { addDays, localDay } from './local-day';
import type { FamilyState, Fetch } from './plan';
import type { Sighting } from './rhythm';
import type { FetchOutcome } from './run-fetch';

/** How much of the learned share a read leaves in place. */
const SHARE_KEPT = 0.97;

/** What is known of the ring when a fetch ends. */
export interface Situation {
  readonly now: number;
  /** When the fetch began: what happened since may not be in its answer. */
  readonly startedAt: number;
  readonly zone: string;
  readonly sightings: readonly Sighting[];
}

/** Pure: what a fetch that went well changes in its family's state. */
export function settleSuccess(fetch: Fetch, family: FamilyState, outcome: FetchOutcome, situation: Situation): Partial<FamilyState> {
  const { now, zone } = situation;
  if (outcome.absent !== undefined) return {}; // tells of one document, not of the family
  const isNew = outcome.created + outcome.updated + outcome.rows > 0;
  const today = localDay(now, zone);
  const isCompared = 'from' in fetch && fetch.to >= today && (fetch.kind === 'first' || fetch.kind === 'reconcile');
  const isFresh = fetch.kind === 'recent' || isCompared; // a comparison up to today reads what is new, too
  return {
    failures: 0,
    retryAt: null,
    errorCode: null,
    blocked: null,
    blockedUntil: null,
    newestDay: outcome.newestDay,
    newestAt: outcome.newestAt,
    reached: reachedBy(fetch, family.reached),
    ...(isFresh && { lastSuccessAt: situation.startedAt }),
    ...((isNew || outcome.deleted > 0) && { lastChangeAt: now }),
    ...(isCompared && { reconciledDay: today }),
    ...(isFresh && fetch.kind !== 'first' && { share: learnShare(fetch, family, isNew, situation) }),
  };
}

/**
 * Learns how many of the ring's syncs bring something new of a family. A read that rows had hinted at, or that waited for last night, says
 * nothing of that.
 */
function learnShare(fetch: Fetch, family: FamilyState, isNew: boolean, { now, zone, sightings }: Situation): FamilyState['share'] {
  const { share, lastSuccessAt, hintAt, newestDay } = family;
  const syncs = lastSuccessAt === null ? 0 : unread(sightings, lastSuccessAt).length;
  const isAwaited = endpointOf(fetch.endpoint).freshness !== 'background' && (newestDay ?? '') < localDay(now, zone);
  if (syncs === 0 || isAwaited || (hintAt !== null && hintAt > (lastSuccessAt ?? 0))) return share;
  return { syncs: share.syncs * SHARE_KEPT + syncs, hits: share.hits * SHARE_KEPT + (isNew ? 1 : 0) };
}

/** How far back the family is loaded without a gap; a range that does not join what is there does not count. */
function reachedBy(fetch: Fetch, reached: string | null): string | null {
  if (fetch.kind === 'first') return endpointOf(fetch.endpoint).window.params === 'none' ? LIMITS.firstDay : fetch.from;
  if (fetch.kind !== 'history' && fetch.kind !== 'reconcile') return reached;
  if (reached === null) return null;
  if (fetch.kind === 'reconcile' && endpointOf(fetch.endpoint).kind === 'series' && fetch.whole !== true) return reached; // holes only
  return fetch.to >= addDays(reached, -1) && fetch.from < reached ? fetch.from : reached;
}
