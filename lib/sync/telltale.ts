import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { FamilyState, PlannerState } from './plan';

/** Families that move with every sync of the ring, the one whose answer is worth most first: to ask one is to know. */
export const TELLTALES: readonly EndpointKey[] = [
  'daily_activity',
  ...ENDPOINT_KEYS.filter((key) => key !== 'daily_activity' && isBackground(key) && endpointOf(key).kind === 'series'),
  ...ENDPOINT_KEYS.filter((key) => key !== 'daily_activity' && isBackground(key) && endpointOf(key).kind === 'daily'),
];

/**
 * Which family is asked whether the ring has synced. While events of webhooks tell of syncs it is one they do not cover and nobody waits
 * for: its answer also tells whether the events have fallen silent.
 */
export function probeFamilyOf({ families, webhooks }: Pick<PlannerState, 'families' | 'webhooks'>, now: number): EndpointKey | null {
  const askable = TELLTALES.filter((key) => isAskable(families[key], now));
  const apart = webhooks === 'active' ? askable.filter((key) => families[key]?.covered === false) : [];
  const ranked = [...apart.toSorted((a, b) => worthOf(a) - worthOf(b)), ...askable];
  const works = ranked.filter((key) => (families[key]?.retryAt ?? 0) <= now);
  const moves = works.find((key) => now - (families[key]?.lastChangeAt ?? -Infinity) < LIMITS.livelyMs);
  return moves ?? works[0] ?? ranked[0] ?? null;
}

/** Whether a family is read at all, and not resting for long. */
export function isAskable(family: FamilyState | undefined, now: number): boolean {
  return family?.enabled === true && family.reached !== null && (family.blockedUntil ?? 0) <= now;
}

/** Families of which the first new night tells that the app was opened, best first. */
export const SCOUTS: readonly EndpointKey[] = ['sleep', 'daily_sleep', 'daily_readiness'];

/** Whether the night that ended on a day is stored of a family that brings one. */
export function hasNight({ newestDay }: Pick<FamilyState, 'newestDay'>, day: string): boolean {
  return (newestDay ?? '') >= day;
}

/** `source` of heart-rate rows that goes with a document of another family. */
export const HINTS: Readonly<Record<string, EndpointKey>> = { workout: 'workout', session: 'session' };

function isBackground(endpoint: EndpointKey): boolean {
  return endpointOf(endpoint).freshness === 'background';
}

/** Whether a family moves with nearly every sync of the ring. */
export function isAlways(endpoint: EndpointKey): boolean {
  return isBackground(endpoint) && endpointOf(endpoint).kind !== 'period';
}

const WORTH: Readonly<Partial<Record<EndpointKey, number>>> = { daily_activity: 3, heartrate: 3 };
const WORTH_OF_OTHERS = 0.4;

/** How much a minute of delay of a family counts beside others: most where its answer tells more than itself. */
export function worthOf(endpoint: EndpointKey): number {
  return WORTH[endpoint] ?? WORTH_OF_OTHERS;
}
