import { doubling } from '../async/doubling';
import { endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { WaitingEvent } from '../ports/event-queue';
import { deleteDocument } from './delete-document';
import type { FamilyState, Fetch, PlannerState, RangedFetch } from './plan';
import type { StoreKeeper } from './store-keeper';

/** What the queue held, what of it still waits, and the families that lost a document. */
export interface Queue {
  readonly all: readonly WaitingEvent[];
  readonly waiting: readonly WaitingEvent[];
  readonly deleted: readonly EndpointKey[];
}

/** Takes events of webhooks out of the queue when the store has what they told of. */
export class EventDrain {
  readonly #keeper: StoreKeeper;

  constructor(keeper: StoreKeeper) {
    this.#keeper = keeper;
  }

  /**
   * Looks at the queue. Deletions are carried out, unless a fetch of the family is under way that may still bring the document; what is
   * told of families that are not read, and what has waited for too long, is dropped; the others wait for a fetch.
   */
  look(families: PlannerState['families'], now: number): Queue {
    const all = this.#keeper.current.events.list();
    const done = new Set<number>();
    const deleted: EndpointKey[] = [];
    for (const { seq, endpoint, kind, id, receivedAt } of all) {
      const family = families[endpoint];
      if (kind === 'delete') {
        if (family?.inFlight === true) continue;
        for (const earlier of all) if (earlier.seq <= seq && earlier.endpoint === endpoint && earlier.id === id) done.add(earlier.seq);
        const change = deleteDocument(this.#keeper, endpoint, id, { via: 'webhook', historic: false, at: now });
        if (change !== null) deleted.push(endpoint);
      } else if (!isReadable(family) || now - receivedAt > LIMITS.eventKeptMs) done.add(seq);
    }
    this.#remove([...done]);
    return { all, waiting: all.filter(({ seq, kind }) => kind !== 'delete' && !done.has(seq)), deleted };
  }

  /** A fetch went well that began when these were waiting. What a window does not hold is asked for by itself next time. */
  stored(fetch: Fetch, events: readonly WaitingEvent[], now: number): void {
    const own = events.filter(({ endpoint, kind }) => endpoint === fetch.endpoint && kind !== 'delete');
    if (own.length === 0) return;
    const isThere = (event: WaitingEvent): boolean => (fetch.kind === 'document' ? event.id === fetch.id : this.#isWithin(fetch, event));
    this.#remove(own.filter(isThere).map(({ seq }) => seq));
    if (fetch.kind !== 'recent' && fetch.kind !== 'reconcile') return;
    this.#keeper.write((store) => {
      for (const event of own) if (event.tries === 0 && !isThere(event)) store.events.postpone(event.seq, now);
    });
  }

  /** Oura could not give the document, so nothing is known of it: it is asked for again less and less often, but not given up for it. */
  failed(endpoint: EndpointKey, id: string, events: readonly WaitingEvent[], now: number): void {
    this.#keeper.write((store) => {
      for (const { seq, tries } of events.filter((event) => event.endpoint === endpoint && event.id === id))
        store.events.postpone(seq, now + pauseAfter(tries));
    });
  }

  /** The document is not there yet: it is asked for again, less and less often, and in the end left to the daily comparison. */
  missing(endpoint: EndpointKey, id: string, events: readonly WaitingEvent[], now: number): void {
    const own = events.filter((event) => event.endpoint === endpoint && event.id === id);
    this.#remove(own.filter(({ tries }) => tries + 1 >= LIMITS.eventTries).map(({ seq }) => seq));
    this.#keeper.write((store) => {
      for (const { seq, tries } of own) if (tries + 1 < LIMITS.eventTries) store.events.postpone(seq, now + pauseAfter(tries));
    });
  }

  #isWithin(fetch: RangedFetch, { endpoint, id }: WaitingEvent): boolean {
    const document = this.#keeper.current.documents.find(endpoint, id);
    if (document === null) return false;
    if (endpointOf(endpoint).window.params === 'none' || document.day === null) return true;
    return document.day >= fetch.from && document.day <= fetch.to;
  }

  #remove(seqs: readonly number[]): void {
    if (seqs.length === 0) return;
    this.#keeper.write((store) => {
      store.events.remove(seqs);
    });
  }
}

/** A lapsed membership may come back any time; what a permission is missing for stays unread. */
function isReadable(family: FamilyState | undefined): boolean {
  return family?.enabled === true && (family.blocked === null || family.blocked === 'no_membership');
}

/** 30 s, 1, 2, 4 … minutes, at most an hour. */
function pauseAfter(tries: number): number {
  return doubling(LIMITS.eventRetryFirstMs, LIMITS.eventRetryMaxMs, tries);
}
