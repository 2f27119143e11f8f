import type { EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { WaitingEvent } from '../ports/event-queue';

/** What the events that wait ask for, by family. */
export interface EventWish {
  readonly endpoint: EndpointKey;
  /** The one document told of; null = several: one question for all. */
  readonly id: string | null;
}

/** What can be asked for now, and when there is more, epoch ms (Infinity = nothing waits). */
export interface EventWishes {
  readonly wishes: readonly EventWish[];
  readonly nextAt: number;
}

/**
 * Pure: which families to ask for because of events. Events come in swarms, so the first one waits a moment for the others; those of one
 * family become one question. What such a question did not bring is asked for by its id.
 */
export function eventWishes(events: readonly WaitingEvent[], now: number, neededOf: (endpoint: EndpointKey) => number): EventWishes {
  if (events.length === 0) return { wishes: [], nextAt: Infinity };
  const quietAt = quietSince(events, now);
  const counts = countsOf(events);
  const ids = new Map<EndpointKey, Set<string>>();
  const tried = new Map<EndpointKey, string>();
  let nextAt = Infinity;
  for (const event of events) {
    const { endpoint, kind, id, notBefore, tries } = event;
    const retryAt = notBefore > now + LIMITS.eventRetryMaxMs ? 0 : notBefore; // longer: the clock was set back
    const readyAt = Math.max(quietAt, retryAt, heldUntil(event, counts, neededOf(endpoint), now));
    if (kind === 'delete' || readyAt > now) {
      if (kind !== 'delete') nextAt = Math.min(nextAt, readyAt);
      continue;
    }
    if (tries > 0) tried.set(endpoint, id);
    else ids.set(endpoint, (ids.get(endpoint) ?? new Set()).add(id));
  }
  const fresh = [...ids].map(([endpoint, known]) => ({ endpoint, id: known.size === 1 ? ([...known][0] ?? null) : null }));
  const again = [...tried].filter(([endpoint]) => !ids.has(endpoint)).map(([endpoint, id]) => ({ endpoint, id }));
  const wishes = [...fresh, ...again];
  return { wishes, nextAt };
}

/** When the present swarm is over: no event for LIMITS.eventQuietMs, or its first has waited for LIMITS.eventWaitMaxMs. */
function quietSince(events: readonly WaitingEvent[], now: number): number {
  const times = events.filter(({ tries, receivedAt }) => tries === 0 && receivedAt <= now).map(({ receivedAt }) => receivedAt);
  const latestFirst = times.toSorted((a, b) => b - a);
  const last = latestFirst[0];
  if (last === undefined) return 0;
  const gap = latestFirst.findIndex((at, index) => at - (latestFirst[index + 1] ?? -Infinity) > LIMITS.eventQuietMs);
  return Math.min((latestFirst[gap] ?? last) + LIMITS.eventWaitMaxMs, last + LIMITS.eventQuietMs);
}

/** An update may be held back until more of its family have come: the last one tells what the others do. */
function heldUntil(held: WaitingEvent, counts: ReadonlyMap<string, number>, needed: number, now: number): number {
  const { kind, receivedAt, tries } = held;
  const waiting = counts.get(kindOf(held)) ?? 0;
  if (kind !== 'update' || tries > 0 || waiting >= needed || receivedAt > now) return 0; // received later than now: the clock was set back
  return receivedAt + LIMITS.eventHoldMs;
}

/** How many events wait, by family and kind. */
function countsOf(events: readonly WaitingEvent[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const event of events) counts.set(kindOf(event), (counts.get(kindOf(event)) ?? 0) + 1);
  return counts;
}

function kindOf({ endpoint, kind }: WaitingEvent): string {
  return `${kind} ${endpoint}`;
}
