import type { OuraClient } from '../api/oura-client';
import type { Subscribers } from '../async/subscribers';
import { waitFor } from '../async/wait-for';
import type { EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { Clock } from '../ports/clock';
import type { EngineEvent } from './engine-events';
import { keepFromOf, type EngineOptions } from './engine-options';
import type { FamilyBook } from './family-book';
import type { Fetch } from './plan';
import { runFetch, type FetchOutcome } from './run-fetch';
import type { Senses, Undertaking } from './senses';
import { settleFailure } from './settle-failure';
import { settleSuccess } from './settle-success';
import type { StoreKeeper } from './store-keeper';
import { isNoAnswer, type Troubles } from './troubles';

export interface FetcherParts {
  readonly client: OuraClient;
  readonly keeper: StoreKeeper;
  readonly clock: Clock;
  readonly options: EngineOptions;
  readonly book: FamilyBook;
  readonly senses: Senses;
  readonly troubles: Troubles;
  readonly events: Subscribers<EngineEvent>;
  /** Where the person's days are counted now. */
  readonly place: () => { readonly zone: string; readonly today: string };
  /** Nothing may be sent before an instant, or until Oura answers again. */
  readonly onPause: (until: number, isCutOff: boolean) => void;
  /** Oura answers again. */
  readonly onResume: () => void;
  /** A fetch has ended, well or not. */
  readonly onEnd: () => void;
}

type Result = { readonly outcome: FetchOutcome } | { readonly error: OuraError } | { readonly aborted: true };

/** Carries out fetches, one of a family at a time, and settles what they mean. A failing family never stops another. */
export class Fetcher {
  readonly #parts: FetcherParts;
  readonly #running = new Map<EndpointKey, Promise<Result>>();
  /** Families that Oura has not answered for since it last answered anything, each with the first failure, epoch ms. */
  readonly #unanswered = new Map<EndpointKey, number>();

  constructor(parts: FetcherParts) {
    this.#parts = parts;
  }

  /** Resolves when nothing is under way any more. */
  async ended(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  /**
   * Asks for something after what is under way for its family.
   * @throws OuraError what failed; the signal's reason
   */
  async fetchNow(fetch: Fetch, signal: AbortSignal): Promise<FetchOutcome> {
    for (let running = this.#running.get(fetch.endpoint); running !== undefined; running = this.#running.get(fetch.endpoint)) {
      await waitFor(running, signal);
    }
    signal.throwIfAborted();
    const result = await this.launch(fetch, signal);
    if ('error' in result) throw result.error;
    if ('outcome' in result) return result.outcome;
    throw signal.reason as Error; // the only way left: aborted
  }

  /** Begins a fetch; it reports its own failure. */
  launch(fetch: Fetch, signal: AbortSignal): Promise<Result> {
    const { endpoint } = fetch;
    const { book, clock, onEnd } = this.#parts;
    book.update(endpoint, { inFlight: true, lastAttemptAt: clock.now() });
    const result = this.#attempt(fetch, signal).finally(() => {
      this.#running.delete(endpoint);
      book.update(endpoint, { inFlight: false });
      onEnd();
    });
    this.#running.set(endpoint, result);
    return result;
  }

  /** An event told that a document is gone, and so it was deleted. */
  tellDeleted(endpoint: EndpointKey): void {
    const { book, keeper, clock } = this.#parts;
    const newestDay = keeper.current.documents.newest(endpoint)?.day ?? null;
    book.update(endpoint, { newestDay, lastChangeAt: clock.now() });
    const { newestAt } = book.get(endpoint);
    const outcome = { created: 0, updated: 0, deleted: 1, rows: 0, setAside: [], hints: [], changedDay: null, newestDay, newestAt };
    this.#parts.events.tell({ type: 'synced', endpoint, fetch: 'document', outcome });
  }

  async #attempt(fetch: Fetch, signal: AbortSignal): Promise<Result> {
    const { endpoint } = fetch;
    const { client, keeper, clock, options, book, senses, troubles, place } = this.#parts;
    const { zone, today } = place();
    const undertaking = senses.began(fetch, book.all(), book.get(endpoint), { now: clock.now(), zone });
    try {
      const keepFrom = keepFromOf(options, endpoint, keeper.current.kind, today);
      const outcome = await runFetch(fetch, undertaking.before, { client, keeper, clock, zone, keepFrom }, signal);
      this.#succeeded(undertaking, outcome);
      return { outcome };
    } catch (cause) {
      if (signal.aborted) return { aborted: true };
      const error = toOuraError(cause);
      if (isNoAnswer(error) && !this.#unanswered.has(endpoint)) this.#unanswered.set(endpoint, clock.now());
      if (senses.failed(undertaking, error, clock.now())) troubles.begin(error, endpoint, clock.now());
      else this.#failed(endpoint, error);
      return { error };
    }
  }

  #succeeded(undertaking: Undertaking, outcome: FetchOutcome): void {
    const { fetch, before, startedAt } = undertaking;
    const { clock, book, senses, troubles, events, place } = this.#parts;
    const now = clock.now();
    this.#answered(fetch.endpoint, now);
    senses.stored(undertaking, outcome, now);
    if (outcome.absent !== undefined) return; // tells of one document, not of the family
    const { sightings } = senses;
    book.update(fetch.endpoint, settleSuccess(fetch, before, outcome, { now, startedAt, zone: place().zone, sightings }));
    for (const hinted of outcome.hints) book.update(hinted, { hintAt: now });
    troubles.end(fetch.endpoint, outcome);
    events.tell({ type: 'synced', endpoint: fetch.endpoint, fetch: fetch.kind, outcome });
  }

  /**
   * Oura answers. If it does so for a family it did not answer before, and nobody else was answered meanwhile, an outage is over: what
   * failed with all the rest does not wait for its own next try, and after a while without Oura everything is read once.
   */
  #answered(endpoint: EndpointKey, now: number): void {
    const isOver = this.#unanswered.has(endpoint);
    const since = Math.min(...this.#unanswered.values());
    this.#unanswered.clear();
    if (!isOver) return;
    this.#parts.book.resume();
    if (now - since > LIMITS.awayMs) this.#parts.book.want(now);
    this.#parts.onResume();
  }

  #failed(endpoint: EndpointKey, error: OuraError): void {
    const { client, clock, book, troubles, onPause } = this.#parts;
    const now = clock.now();
    const { family, pauseUntil, wide } = settleFailure(error, book.get(endpoint), now, client.openUntil);
    book.update(endpoint, family);
    if (pauseUntil !== null) onPause(pauseUntil, error.code === 'circuit_open');
    troubles.begin(error, wide ? null : endpoint, now);
  }
}
