import type { EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { OuraError } from '../errors/oura-error';
import type { WaitingEvent } from '../ports/event-queue';
import type { PersonStore } from '../ports/person-store';
import { EventDrain } from './event-drain';
import { livedClock } from './lived-clock';
import { localDay } from './local-day';
import { localSlots, type LocalSlots } from './local-slots';
import type { FamilyState, Fetch, PlannerState } from './plan';
import type { FetchOutcome } from './run-fetch';
import type { StoreKeeper } from './store-keeper';
import { SyncSight } from './sync-sight';
import { probeFamilyOf, SCOUTS } from './telltale';
import { nightsOf } from './nights';
import { USUAL_WAKING, wakingOf, type Waking } from './waking';
import { Watchdog } from './watchdog';

/** The part of a planner's state that tells of the ring and of webhooks. */
export type Perception = Pick<PlannerState, 'sightings' | 'lookedAt' | 'rhythm' | 'waking' | 'usage' | 'events' | 'webhooks'>;

/** A fetch under way, with what was known when it began. */
export interface Undertaking {
  readonly fetch: Fetch;
  readonly before: FamilyState;
  readonly events: readonly WaitingEvent[];
  readonly startedAt: number;
}

/** When the person is awake these days, and the clock they lived by; both from the nights. */
interface Habits {
  readonly waking: Waking;
  readonly slotAt: LocalSlots;
  readonly key: string;
}

/** What may be the fault of one document. */
const ONE_DOCUMENT_CODES: readonly string[] = ['body_unexpected', 'document_invalid', 'request_refused', 'server_failed'];

interface Moment {
  readonly now: number;
  readonly zone: string;
}

/** What an engine notices: syncs of the ring, events of webhooks, their silence, and when the person is awake. */
export class Senses {
  readonly #keeper: StoreKeeper;
  readonly #sight: SyncSight;
  readonly #watchdog = new Watchdog();
  readonly #drain: EventDrain;
  #habits: Habits = { waking: USUAL_WAKING, slotAt: localSlots('UTC'), key: '' };
  #events: readonly WaitingEvent[] = [];
  #zone = 'UTC';
  #heard: { readonly store: PersonStore; readonly until: number };

  constructor(keeper: StoreKeeper) {
    this.#keeper = keeper;
    this.#sight = new SyncSight(keeper);
    this.#drain = new EventDrain(keeper);
    this.#heard = { store: keeper.current, until: 0 };
  }

  /** When something is to be looked at again because of webhooks, epoch ms; Infinity = not. */
  get nextAt(): number {
    return this.#watchdog.nextAt;
  }

  /** Whether nobody has watched for a while before now. */
  wasAway(now: number): boolean {
    return this.#sight.wasAway(now);
  }

  get sightings(): Perception['sightings'] {
    return this.#sight.sightings;
  }

  /** Which families webhooks tell of from now on. */
  cover(endpoints: ReadonlySet<EndpointKey>, now: number): void {
    this.#watchdog.cover(endpoints, now);
  }

  /** Takes note of new events; deletions are carried out. @param onDeleted hears the families that lost a document */
  perceive(families: PlannerState['families'], { now, zone }: Moment, onDeleted: (endpoint: EndpointKey) => void): Perception {
    this.#zone = zone;
    const { all, waiting: events, deleted } = this.#drain.look(families, now);
    const store = this.#keeper.current;
    if (this.#heard.store !== store) this.#heard = { store, until: 0 }; // it has moved to memory, where the numbers may begin anew
    for (const event of all.filter(({ seq }) => seq > this.#heard.until)) {
      this.#heard = { store, until: event.seq };
      this.#watchdog.heard(event.endpoint, event.receivedAt);
      this.#sight.told(event.at, now);
    }
    this.#events = events;
    for (const endpoint of deleted) onDeleted(endpoint);
    this.#sight.awake(now);
    const { waking, slotAt } = this.#habitsOf(families, { now, zone });
    const rhythm = this.#sight.rhythm(waking, slotAt, now);
    const { sightings, lookedAt, usage } = this.#sight;
    return { sightings, lookedAt, usage, rhythm, waking, events, webhooks: this.#watchdog.health(now) };
  }

  /** A fetch begins: it counts, and answers the events that wait now. */
  began(fetch: Fetch, families: PlannerState['families'], before: FamilyState, { now, zone }: Moment): Undertaking {
    const probe = probeFamilyOf({ families, webhooks: this.#watchdog.health(now) }, now);
    if (fetch.kind !== 'history' && fetch.kind !== 'first') this.#sight.count(fetch.endpoint, probe, localDay(now, zone));
    return { fetch, before, startedAt: now, events: this.#events.filter(({ endpoint }) => endpoint === fetch.endpoint) };
  }

  /** A fetch went well; of a document that an event told of it may say that there is none. */
  stored({ fetch, before, events, startedAt }: Undertaking, outcome: FetchOutcome, now: number): void {
    if (fetch.kind === 'document' && outcome.absent === 'missing') {
      this.#drain.missing(fetch.endpoint, fetch.id, events, now);
      return;
    }
    this.#sight.look({ fetch, before, outcome, at: startedAt, zone: this.#zone });
    if (fetch.kind !== 'first' && SCOUTS.includes(fetch.endpoint) && (outcome.newestDay ?? '') > (before.newestDay ?? ''))
      this.#sight.appOpened(now);
    const isQuestion = fetch.kind === 'recent' || fetch.kind === 'reconcile';
    if (isQuestion && events.length === 0 && outcome.created + outcome.updated > 0)
      this.#watchdog.found(fetch.endpoint, knownSince(fetch, before), before.lastChangeAt, now);
    this.#drain.stored(fetch, events, now);
  }

  /** A fetch failed. @returns whether that concerns one document only, which is asked for again later */
  failed({ fetch, events }: Undertaking, error: OuraError, now: number): boolean {
    if (fetch.kind !== 'document' || !ONE_DOCUMENT_CODES.includes(error.code)) return false;
    this.#drain.failed(fetch.endpoint, fetch.id, events, now);
    return true;
  }

  #habitsOf(families: PlannerState['families'], { now, zone }: Moment): Habits {
    const today = localDay(now, zone);
    const key = JSON.stringify([today, zone, families.sleep?.lastChangeAt ?? null]);
    if (this.#habits.key === key) return this.#habits;
    const { documents } = this.#keeper.current;
    const slotAt = livedClock(documents, nightsOf(documents, today, LIMITS.rhythmDays), today, zone);
    this.#habits = { waking: wakingOf(documents, today, zone), slotAt, key };
    return this.#habits;
  }
}

/** Since when what such a fetch brings must be new: the last read; for a comparison the last one, which looked as far back. */
function knownSince({ kind }: Fetch, { lastSuccessAt, reconciledDay }: FamilyState): number | null {
  if (kind !== 'reconcile' || lastSuccessAt === null) return lastSuccessAt;
  return reconciledDay === null ? null : Math.min(lastSuccessAt, Date.parse(reconciledDay));
}
