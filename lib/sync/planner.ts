import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { eventWishes } from './event-fetches';
import { familyDueAt, scoutOf, type Outlook } from './family-due';
import { addDays, earlier, later, localDay } from './local-day';
import { localSlots } from './local-slots';
import type { FamilyState, Fetch, Plan, PlannerState } from './plan';
import { probeTime } from './probe-time';
import { isGrowing, oldestAgeOf, priceOf, syncsNeeded } from './read-price';
import { probeFamilyOf } from './telltale';
import { waitUntilOf } from './waits';
import { mayBringNight, minutesAwake } from './waking';

const IDLE_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** The windows and the place in the queue of what a plan asks for. */
interface Wanted {
  readonly first: Fetch[];
  readonly events: Fetch[];
  readonly fresh: Fetch[];
  readonly history: Fetch[];
}

/**
 * What to fetch now and when to plan again. Pure: the same state and time give the same plan. Order: first load of every family, what
 * webhooks told of, fresh data, then history from the newest days backwards.
 *
 * One family is asked whether the ring has synced (see probeTime); the others follow when it has moved and they probably moved too (see
 * familyDueAt). Once a day what is read anyway is read for two weeks.
 */
export function plan(state: PlannerState, now: number): Plan {
  const resumeAt = Math.max(state.pausedUntil ?? 0, state.budget.fresh > 0 ? 0 : state.budget.resetAt);
  if (resumeAt > now) return { fetches: [], nextAt: resumeAt };
  const outlook = outlookOf(state, now);
  const told = eventWishes(state.events, now, (endpoint) => eventsNeeded(endpoint, state, outlook));
  const probeAt = probeAtOf(state, now);
  const wanted: Wanted = { first: [], events: [], fresh: [], history: [] };
  let nextAt = Math.min(now + IDLE_MS, told.nextAt);
  for (const endpoint of ENDPOINT_KEYS) {
    const family = state.families[endpoint];
    if (family === undefined || !family.enabled || family.inFlight) continue;
    const wish = told.wishes.find((one) => one.endpoint === endpoint);
    const wait = waitUntilOf(family, now);
    const dueAt = Math.min(familyDueAt(endpoint, family, state, outlook), outlook.probe === endpoint ? Math.max(wait, probeAt) : Infinity);
    const compareAt = compareAtOf(endpoint, family, state, outlook);
    if (family.reached === null) {
      if (dueAt <= now) wanted.first.push(firstFetch(endpoint, state, outlook.today));
    } else if (dueAt <= now) (wish === undefined ? wanted.fresh : wanted.events).push(freshFetch(endpoint, family, state, outlook));
    else if (wish !== undefined && wait <= now) wanted.events.push(toldFetch(endpoint, family, state, outlook, wish.id));
    else if (compareAt <= now) wanted.fresh.push(compareFetch(endpoint, family, state, outlook.today));
    else if (mayLoadHistory(endpoint, family, state, now)) wanted.history.push(historyFetch(endpoint, family, state));
    if (dueAt > now) nextAt = Math.min(nextAt, dueAt, compareAt > now ? compareAt : Infinity);
  }
  const asked = [wanted.first, wanted.events, wanted.fresh].flatMap((list) => wellFirst(list, state)).slice(0, state.budget.fresh);
  return { fetches: [...asked, ...wanted.history.slice(0, Math.max(0, state.budget.history))], nextAt: Math.max(nextAt, now + 1) };
}

/** Families that failed come last: after an outage one that still does must not keep the others from showing that it is over. */
function wellFirst(fetches: readonly Fetch[], { families }: PlannerState): readonly Fetch[] {
  const failuresOf = ({ endpoint }: Fetch): number => families[endpoint]?.failures ?? 0;
  return fetches.toSorted((a, b) => failuresOf(a) - failuresOf(b));
}

/**
 * When a family may be read next; now or earlier = due. What follows the ring is read when the next question whether it has synced is
 * answered by yes, so that is the earliest moment.
 */
export function dueAtOf(endpoint: EndpointKey, family: FamilyState, state: PlannerState, now: number): number {
  const outlook = outlookOf(state, now);
  const follows = endpointOf(endpoint).freshness !== 'rare' && !(state.webhooks === 'active' && family.covered);
  const askedAt = follows && outlook.probe !== null ? Math.max(waitUntilOf(family, now), probeAtOf(state, now)) : Infinity;
  return Math.min(familyDueAt(endpoint, family, state, outlook), compareAtOf(endpoint, family, state, outlook), askedAt);
}

function outlookOf(state: PlannerState, now: number): Outlook {
  const { minute } = localSlots(state.zone)(now);
  const awake = minutesAwake(state.waking, minute);
  const dayBeganAt = Math.round(now - minute * MINUTE_MS);
  const wokeAt = awake === null ? null : Math.round(now - awake * MINUTE_MS);
  const today = localDay(now, state.zone);
  const [probe, scout] = [probeFamilyOf(state, now), scoutOf(state, now)];
  const nightDay = mayBringNight(state.waking, minute) ? today : addDays(today, -1);
  return { now, today, dayBeganAt, nightDay, wokeAt, probe, scout, price: priceOf(state, now), oldestAge: oldestAgeOf(state) };
}

/** When to ask whether the ring has synced. */
function probeAtOf(state: PlannerState, now: number): number {
  return state.lookedAt !== null && state.lookedAt > now ? now : probeTime(state); // the clock was set back
}

function firstFetch(endpoint: EndpointKey, state: PlannerState, today: string): Fetch {
  return { kind: 'first', endpoint, from: later(state.historyFrom, addDays(today, 1 - LIMITS.firstLoadDays)), to: addDays(today, 1) };
}

/** Reads what is new; the first time of a day of two weeks. */
function freshFetch(endpoint: EndpointKey, family: FamilyState, state: PlannerState, outlook: Outlook): Fetch {
  const { today } = outlook;
  if (isUncompared(endpoint, family, today)) return compareFetch(endpoint, family, state, today);
  return { kind: 'recent', endpoint, from: addDays(unreadSince(family, state, today), -LIMITS.pollBackDays), to: addDays(today, 1) };
}

/** The earliest of today, the day of the last good answer, and the last day of a silent ring. */
function unreadSince(family: FamilyState, state: PlannerState, today: string): string {
  return earlier(answeredOn(family, state, today), silentSince(state, today));
}

function answeredOn({ lastSuccessAt }: FamilyState, { zone }: PlannerState, today: string): string {
  return lastSuccessAt === null ? today : earlier(today, localDay(lastSuccessAt, zone));
}

function isUncompared(endpoint: EndpointKey, { reconciledDay }: FamilyState, today: string): boolean {
  return reconciledDay !== today && endpointOf(endpoint).window.params !== 'none'; // else it comes whole each time
}

function toldFetch(endpoint: EndpointKey, family: FamilyState, state: PlannerState, outlook: Outlook, id: string | null): Fetch {
  if (isUncompared(endpoint, family, outlook.today)) return compareFetch(endpoint, family, state, outlook.today);
  return id === null ? freshFetch(endpoint, family, state, outlook) : { kind: 'document', endpoint, id };
}

/** Events that have to wait before a family is asked; where requests are dear, the next event of a growing day tells what this one does. */
function eventsNeeded(endpoint: EndpointKey, { families }: PlannerState, { price }: Outlook): number {
  const family = families[endpoint];
  return family === undefined || !isGrowing(endpoint) ? 1 : syncsNeeded(endpoint, family, price);
}

/** A series that was not read for days is read as usual first: a comparison looks at its newest rows and at holes only. */
function compareFetch(endpoint: EndpointKey, family: FamilyState, state: PlannerState, today: string): Fetch {
  const unread = addDays(unreadSince(family, state, today), -LIMITS.pollBackDays);
  const isBehind = endpointOf(endpoint).kind === 'series' && answeredOn(family, state, today) < addDays(today, -LIMITS.pollBackDays);
  if (isBehind) return { kind: 'recent', endpoint, from: unread, to: addDays(today, 1) };
  return { kind: 'reconcile', endpoint, from: earlier(addDays(today, -LIMITS.reconcileDays), unread), to: addDays(today, 1) };
}

/**
 * When a family is compared although nothing else is read of it today: by the evening where an event may still bring that along, else
 * sooner; where nothing lies in the window, every few days.
 */
function compareAtOf(endpoint: EndpointKey, family: FamilyState, state: PlannerState, { now, today, dayBeganAt, wokeAt }: Outlook): number {
  if (family.reached === null || state.intervalMs === Infinity || !isUncompared(endpoint, family, today)) return Infinity;
  const isIdle = (family.newestDay ?? '') < addDays(today, -LIMITS.reconcileDays);
  if (isIdle && (family.reconciledDay ?? '') > addDays(today, -LIMITS.reconcileIdleDays)) return Infinity;
  const isPatient = state.webhooks === 'active' && family.covered && (family.reconciledDay ?? '') >= addDays(today, -1);
  const whenUp = wokeAt === null || isPatient ? Infinity : Math.max(wokeAt, dayBeganAt) + LIMITS.reconcileAfterWakingMs;
  return Math.max(waitUntilOf(family, now), Math.min(whenUp, dayBeganAt + LIMITS.reconcileLatestMs));
}

/** The newest day any daily family has, at most LIMITS.silenceMaxDays ago: when it is old, the days since then will come late. */
function silentSince({ families }: PlannerState, today: string): string {
  const days = ENDPOINT_KEYS.filter((key) => endpointOf(key).kind === 'daily').map((key) => families[key]?.newestDay ?? null);
  const newest = days.reduce((best, day) => (best === null || (day !== null && day > best) ? day : best), null);
  return later(earlier(newest ?? today, today), addDays(today, -LIMITS.silenceMaxDays));
}

function mayLoadHistory(endpoint: EndpointKey, family: FamilyState, state: PlannerState, now: number): boolean {
  return (
    state.historyRuns &&
    family.reached !== null &&
    family.reached > state.historyFrom &&
    endpointOf(endpoint).window.params !== 'none' &&
    waitUntilOf(family, now) <= now
  );
}

function historyFetch(endpoint: EndpointKey, family: FamilyState, state: PlannerState): Fetch {
  const to = addDays(family.reached ?? state.historyFrom, -1);
  const from = later(state.historyFrom, addDays(to, 1 - endpointOf(endpoint).window.chunkDays));
  return { kind: 'history', endpoint, from, to };
}
