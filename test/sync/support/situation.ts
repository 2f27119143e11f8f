import { ENDPOINT_KEYS, type EndpointKey } from '../../../lib/catalogue/endpoints';
import { FamilyBook } from '../../../lib/sync/family-book';
import { localSlots } from '../../../lib/sync/local-slots';
import type { FamilyState, PlannerState } from '../../../lib/sync/plan';
import { rhythmOf, type Sighting } from '../../../lib/sync/rhythm';
import { USUAL_WAKING } from '../../../lib/sync/waking';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const NOON = Date.parse('2026-03-15T12:00:00Z'); // a Sunday

/** Syncs that were seen when they happened. */
export function seenAt(...instants: readonly number[]): readonly Sighting[] {
  return instants.map((at) => ({ at, seenAt: at, app: false }));
}

/** All families, each with its history, read an hour before noon. */
export function loadedFamilies(more: (endpoint: EndpointKey) => Partial<FamilyState> = () => ({})): PlannerState['families'] {
  const usual = { ...FamilyBook.fresh(true), lastSuccessAt: NOON - HOUR, reached: '2015-01-01', newestDay: '2026-03-15' };
  return Object.fromEntries(ENDPOINT_KEYS.map((key) => [key, { ...usual, reconciledDay: '2026-03-15', ...more(key) }]));
}

/** An account with everything loaded, at noon, that knows nothing of its ring yet. */
export function situation(more: Partial<PlannerState> = {}): PlannerState {
  return {
    families: loadedFamilies(),
    zone: 'UTC',
    intervalMs: 15 * MINUTE,
    historyFrom: '2015-01-01',
    historyRuns: true,
    budget: { limit: 5000, fresh: 5000, history: 4000, resetAt: NOON + 12 * HOUR },
    pausedUntil: null,
    sightings: [],
    lookedAt: NOON,
    rhythm: rhythmOf([], USUAL_WAKING, localSlots('UTC'), NOON),
    waking: USUAL_WAKING,
    usage: [],
    events: [],
    webhooks: 'off',
    ...more,
  };
}
