import { endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { FamilyState, PlannerState } from './plan';
import { missedNeeded, syncsNeeded } from './read-price';
import type { Sighting } from './rhythm';
import { hasNight, isAlways, isAskable, SCOUTS, TELLTALES } from './telltale';
import { waitUntilOf } from './waits';

/** What is the same for all families of a plan. */
export interface Outlook {
  readonly now: number;
  readonly today: string;
  /** Local midnight, epoch ms. */
  readonly dayBeganAt: number;
  /** The day whose night a sync may bring by now: in the first hours of a day still the one before. */
  readonly nightDay: string;
  /** When the person has woken by their habit, epoch ms; null while they usually sleep. */
  readonly wokeAt: number | null;
  /** The family that is asked whether the ring has synced; null = none is read. */
  readonly probe: EndpointKey | null;
  /** The family that tells whether the app was opened; null = none is read. */
  readonly scout: EndpointKey | null;
  /** Of a request, see priceOf. */
  readonly price: number;
  /** Of an answer, ms, see oldestAgeOf. */
  readonly oldestAge: number;
}

type Inputs = Pick<PlannerState, 'families' | 'intervalMs' | 'sightings' | 'webhooks' | 'budget'>;

/** When a family is to be read again, epoch ms; now or earlier = due, Infinity = never. The probe is not among the reasons. */
export function familyDueAt(endpoint: EndpointKey, family: FamilyState, state: Inputs, outlook: Outlook): number {
  const { lastSuccessAt, wantedAt } = family;
  const wait = waitUntilOf(family, outlook.now);
  if (lastSuccessAt === null || lastSuccessAt > outlook.now) return wait; // never read, or the clock was set back
  if (state.intervalMs === Infinity) return Infinity;
  if (isSince(wantedAt, lastSuccessAt, outlook)) return wait;
  const aged = lastSuccessAt + ageOf(endpoint, state, outlook);
  if (state.webhooks === 'active' && family.covered)
    return Math.max(wait, Math.min(aged, witnessAt(endpoint, family, lastSuccessAt, state, outlook)));
  const missed = state.webhooks === 'silent' && family.covered ? missedAt(lastSuccessAt, state) : Infinity;
  return Math.max(wait, Math.min(aged, missed, toldAt(endpoint, family, lastSuccessAt, state, outlook)));
}

/** What events would tell of if they came: a sync may have brought this family, and that one too which gave their silence away. */
function missedAt(readAt: number, state: Inputs): number {
  return unread(state.sightings, readAt)[missedNeeded(state) - 1]?.seenAt ?? Infinity;
}

function toldAt(endpoint: EndpointKey, family: FamilyState, readAt: number, state: Inputs, outlook: Outlook): number {
  if (isSince(family.hintAt, readAt, outlook)) return readAt;
  const { scout } = outlook;
  const row = endpointOf(endpoint);
  if (endpoint === scout) return Math.min(nightLookAt(family, readAt, state, outlook), bySyncs(endpoint, family, readAt, state, outlook));
  if (row.freshness !== 'background' && scout !== null) {
    const appAt = state.families[scout]?.lastChangeAt ?? 0;
    return appAt > readAt && outlook.now - readAt > pauseOf(endpoint) ? appAt : Infinity;
  }
  return bySyncs(endpoint, family, readAt, state, outlook);
}

/** Oldest answer, ms. */
function ageOf(endpoint: EndpointKey, { intervalMs }: Inputs, { oldestAge }: Outlook): number {
  if (isAlways(endpoint)) return LIMITS.ageMax * intervalMs;
  return isWhole(endpoint) ? LIMITS.ageFactorWhole * oldestAge : oldestAge;
}

/** How long a family that hardly ever changes is left alone although the app was opened, ms. */
function pauseOf(endpoint: EndpointKey): number {
  if (endpointOf(endpoint).freshness !== 'rare') return 0;
  return isWhole(endpoint) ? LIMITS.rareMinWholeMs : LIMITS.rareMinMs;
}

/** What is asked for without a window changes with the ring or the person, and each answer is a comparison. */
function isWhole(endpoint: EndpointKey): boolean {
  return endpointOf(endpoint).window.params === 'none';
}

/** Whether something was noted after a family was read; what lies ahead was noted by a clock that was. */
function isSince(noted: number | null, readAt: number, { now }: Outlook): boolean {
  return noted !== null && noted > readAt && noted <= now;
}

/** A sync that was seen and that no event told of: activity should have moved, and is asked whether it has. */
function witnessAt(
  endpoint: EndpointKey,
  { lastChangeAt }: FamilyState,
  readAt: number,
  { families, sightings }: Inputs,
  outlook: Outlook,
): number {
  const witness = TELLTALES.find((key) => families[key]?.covered === true && isAskable(families[key], outlook.now));
  if (endpoint !== witness) return Infinity;
  const [sighting] = unread(sightings, Math.max(readAt, lastChangeAt ?? 0));
  return sighting === undefined ? Infinity : sighting.seenAt + LIMITS.witnessMs;
}

/** After as many syncs as the price says; the night is looked for after each. */
function bySyncs(endpoint: EndpointKey, family: FamilyState, readAt: number, { sightings }: Inputs, outlook: Outlook): number {
  const isAwaited = endpoint === outlook.scout && !hasNight(family, outlook.nightDay);
  const needed = isAwaited ? 1 : syncsNeeded(endpoint, family, outlook.price);
  return unread(sightings, readAt)[needed - 1]?.seenAt ?? Infinity;
}

/** Syncs seen since a moment, oldest first. */
export function unread(sightings: readonly Sighting[], readAt: number): readonly Sighting[] {
  const first = sightings.findLastIndex(({ seenAt }) => seenAt <= readAt) + 1;
  return sightings.slice(first);
}

/** The night is looked for even if nothing tells of a sync: some intervals after waking, then after twice as many, and so on. */
function nightLookAt(family: FamilyState, readAt: number, { intervalMs }: Inputs, outlook: Outlook): number {
  const { wokeAt } = outlook;
  if (wokeAt === null || hasNight(family, outlook.today)) return Infinity;
  const first = wokeAt + LIMITS.nightLookEvery * intervalMs;
  return readAt < first ? first : wokeAt + 2 * (readAt - wokeAt);
}

/** The first scout that can be asked. */
export function scoutOf({ families }: Pick<PlannerState, 'families'>, now: number): EndpointKey | null {
  return SCOUTS.find((key) => isAskable(families[key], now)) ?? null;
}
