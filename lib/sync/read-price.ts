import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { FamilyState, PlannerState } from './plan';
import { probesMinOf, rationOf } from './probe-time';
import { isAlways, worthOf } from './telltale';

type Inputs = Pick<PlannerState, 'families' | 'intervalMs' | 'webhooks' | 'budget' | 'sightings'>;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Prices that are tried, times the lowest. */
const STEPS: readonly number[] = [1, 2, 4, 8, 16];
/** Days whose syncs tell how many there are a day, and as many as are expected before. */
const DAYS = 7;
const USUAL_SYNCS = 8;
/** What is thought of a family before it was read after a sync: hits and misses. */
const PRIOR = { always: { hits: 4, misses: 1 }, other: { hits: 0.2, misses: 4 } } as const;

/** How often in a hundred a sync brings something new of a family. */
export function shareOf(endpoint: EndpointKey, { share }: Pick<FamilyState, 'share'>): number {
  const { hits, misses } = isAlways(endpoint) ? PRIOR.always : PRIOR.other;
  return (share.hits + hits) / (share.syncs + hits + misses);
}

/** After how many syncs a family is read: √(price / (share · worth)), the square-root rule for what moves with one sync in so many. */
export function syncsNeeded(endpoint: EndpointKey, family: Pick<FamilyState, 'share'>, price: number): number {
  return Math.max(1, Math.round(Math.sqrt(price / (shareOf(endpoint, family) * worthOf(endpoint)))));
}

/**
 * The price of a request: the lowest at which what every sync sets going fits into the ration, beside the night's families, the daily
 * comparisons and the least number of probes.
 */
export function priceOf(state: Inputs, now: number): number {
  const lowest = (LIMITS.readPrice * state.intervalMs) / (LIMITS.intervalMinutes * MINUTE_MS);
  const { moving, others } = familiesOf(state);
  const left = rationOf(state) - others.length - probesMinOf(state);
  const syncs = syncsADay(state, now);
  const costOf = (price: number): number =>
    moving.reduce((sum, key) => sum + syncs / syncsNeeded(key, state.families[key] ?? UNKNOWN, price), 0);
  const step = STEPS.find((factor) => costOf(lowest * factor) <= left) ?? STEPS.at(-1) ?? 1;
  return lowest * step;
}

/**
 * Oldest answer of a family that does not move with each sync, ms: where a short interval, or silence of events, buys more requests than
 * asking for syncs takes, half of the rest goes round the families.
 */
export function oldestAgeOf(state: Inputs): number {
  const { moving, others } = familiesOf(state);
  const bySyncs = moving.length * USUAL_SYNCS + (state.webhooks === 'silent' ? missedReads(state) : 0);
  const left = rationOf(state) - bySyncs - others.length - (moving.length > 0 ? 2 * probesMinOf(state) : 0);
  const most = LIMITS.ageMax * state.intervalMs;
  return left <= 0 ? most : Math.min(most, Math.max(state.intervalMs, (2 * others.length * DAY_MS) / left));
}

/** While events are silent: after how many syncs what they covered is read, so that this fits into the ration beside the questions. */
export function missedNeeded(state: Pick<Inputs, 'families' | 'intervalMs' | 'webhooks' | 'budget'>): number {
  return Math.max(1, Math.ceil(missedReads(state) / (rationOf(state) * (1 - LIMITS.probesShare))));
}

/** Requests a day if all that events cover were read after each sync. */
function missedReads({ families }: Pick<Inputs, 'families'>): number {
  return USUAL_SYNCS * ENDPOINT_KEYS.filter((key) => families[key]?.enabled === true && families[key].covered).length;
}

function familiesOf({ families }: Inputs): { readonly moving: readonly EndpointKey[]; readonly others: readonly EndpointKey[] } {
  const read = ENDPOINT_KEYS.filter((key) => families[key]?.enabled === true);
  return { moving: read.filter(isAlways), others: read.filter((key) => !isAlways(key)) };
}

const UNKNOWN = { share: { syncs: 0, hits: 0 } } as const;

function syncsADay({ sightings }: Pick<Inputs, 'sightings'>, now: number): number {
  const [first] = sightings;
  if (first === undefined) return USUAL_SYNCS;
  const days = Math.min(DAYS, (now - first.at) / DAY_MS);
  if (days < 1) return USUAL_SYNCS;
  return sightings.filter(({ at }) => at > now - days * DAY_MS).length / days;
}

/** Whether a family's events tell of a day that is still growing, so that the next event tells all that this one does. */
export function isGrowing(endpoint: EndpointKey): boolean {
  return isAlways(endpoint) && endpointOf(endpoint).kind === 'daily';
}
