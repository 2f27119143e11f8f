import { DateTime } from 'luxon';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { addDays, earlier, later, localDay } from './local-day';
import type { FamilyState, Fetch, Plan, PlannerState } from './plan';

/** Night hours (local, from–to) in which polls are spaced `NIGHT_FACTOR` times wider. */
const NIGHT = { from: 0, to: 6 };
const NIGHT_FACTOR = 4;
/** Rare families change with a new ring or a holiday: a few times a day is enough. */
const RARE_EVERY_MS = 6 * 3_600_000;
const IDLE_MS = 3_600_000;

/**
 * What to fetch now and when to plan again. Pure: the same state and time give the same plan.
 * Order: first load of every family, then fresh data, then history from the newest days backwards.
 */
export function plan(state: PlannerState, now: number): Plan {
  const resumeAt = Math.max(state.pausedUntil ?? 0, state.budget.fresh > 0 ? 0 : state.budget.resetAt);
  if (resumeAt > now) return { fetches: [], nextAt: resumeAt };
  const today = localDay(now, state.zone);
  const morning = endOfNight(now, state.zone);
  const first: Fetch[] = [];
  const recent: Fetch[] = [];
  const history: Fetch[] = [];
  let nextAt = now + IDLE_MS;
  for (const endpoint of ENDPOINT_KEYS) {
    const family = state.families[endpoint];
    if (family === undefined || !family.enabled || family.inFlight) continue;
    const dueAt = dueAtOf(endpoint, family, state, now, morning);
    if (dueAt <= now) (family.reached === null ? first : recent).push(freshFetch(endpoint, family, state, today));
    else nextAt = Math.min(nextAt, dueAt);
    if (dueAt > now && mayLoadHistory(endpoint, family, state, now)) history.push(historyFetch(endpoint, family, state));
  }
  return { fetches: [...first, ...recent, ...history.slice(0, Math.max(0, state.budget.history))], nextAt: Math.max(nextAt, now + 1) };
}

/**
 * When a family is to be asked for fresh data next; now or earlier = due.
 * @param morning when the present night ends, Infinity by day
 */
export function dueAtOf(
  endpoint: EndpointKey,
  family: FamilyState,
  state: Pick<PlannerState, 'intervalMs' | 'zone'>,
  now: number,
  morning = endOfNight(now, state.zone),
): number {
  const waitUntil = waitUntilOf(family, now);
  if (family.reached === null || family.lastSuccessAt === null) return waitUntil;
  if (family.lastSuccessAt > now) return waitUntil; // the clock was set back, or a demo began anew
  const every = endpointOf(endpoint).freshness === 'rare' ? Math.max(RARE_EVERY_MS, state.intervalMs) : state.intervalMs;
  const spaced = family.lastSuccessAt + (morning === Infinity ? every : every * NIGHT_FACTOR);
  return Math.max(waitUntil, Math.min(spaced, Math.max(morning, family.lastSuccessAt + every)));
}

/** A wait that ends later than any wait lasts was written down by a clock that was ahead; it does not count. */
function waitUntilOf({ retryAt, blockedUntil }: FamilyState, now: number): number {
  const believed = (until: number | null, longestMs: number): number => (until === null || until > now + longestMs ? 0 : until);
  return Math.max(believed(retryAt, LIMITS.retryAfterMaxMs), believed(blockedUntil, LIMITS.scopeRetryMs));
}

/** Infinity by day. */
function endOfNight(now: number, zone: string): number {
  const local = DateTime.fromMillis(now, { zone });
  const isNight = local.hour >= NIGHT.from && local.hour < NIGHT.to;
  return isNight ? local.set({ hour: NIGHT.to, minute: 0, second: 0, millisecond: 0 }).toMillis() : Infinity;
}

function freshFetch(endpoint: EndpointKey, family: FamilyState, state: PlannerState, today: string): Fetch {
  const to = addDays(today, 1);
  if (family.reached === null) {
    return { kind: 'first', endpoint, from: later(state.historyFrom, addDays(today, 1 - LIMITS.firstLoadDays)), to };
  }
  const covered = family.lastSuccessAt === null ? today : localDay(family.lastSuccessAt, state.zone);
  const silentSince = later(newestDayOf(state) ?? today, addDays(today, -LIMITS.silenceMaxDays));
  return { kind: 'recent', endpoint, from: addDays(earlier(earlier(today, covered), silentSince), -LIMITS.pollBackDays), to };
}

/** The newest day any daily family has: when it is old, the ring was silent and will deliver the days since then late. */
function newestDayOf(state: PlannerState): string | null {
  const days = ENDPOINT_KEYS.filter((key) => endpointOf(key).kind === 'daily').map((key) => state.families[key]?.newestDay ?? null);
  return days.reduce((newest, day) => (newest === null || (day !== null && day > newest) ? day : newest), null);
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
