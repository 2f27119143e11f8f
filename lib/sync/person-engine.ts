import type { Budget } from '../api/budget';
import type { OuraClient } from '../api/oura-client';
import { Subscribers } from '../async/subscribers';
import { waitFor } from '../async/wait-for';
import { Wakeup } from '../async/wakeup';
import type { EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import { accountStateOf } from './account-state';
import { allowanceOf } from './allowance';
import type { AccountState, EngineEvent } from './engine-events';
import { historyFromOf, isFetched, keepFromOf, pollEveryMs, zoneOfChoice, type EngineOptions } from './engine-options';
import { FamilyBook } from './family-book';
import { localDay } from './local-day';
import { personZone } from './person-zone';
import type { FamilyState, Fetch, PlannerState } from './plan';
import { plan } from './planner';
import { ProblemList, type Problem } from './problem-list';
import { runFetch, type FetchOutcome } from './run-fetch';
import { settleFailure } from './settle-failure';
import { settleSuccess } from './settle-success';
import type { StoreKeeper } from './store-keeper';

export interface EnginePorts {
  readonly client: OuraClient;
  readonly budget: Budget;
  readonly keeper: StoreKeeper;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Result = { readonly outcome: FetchOutcome } | { readonly error: OuraError } | { readonly aborted: true };

const NO_ANSWER_CODES: readonly string[] = ['unreachable', 'timed_out', 'server_failed', 'body_not_json', 'circuit_open', 'tls_failed'];

/**
 * Keeps one person's local copy fresh: plans, fetches family by family, stores, and tells what happened. A failing family never stops
 * another.
 */
export class PersonEngine {
  readonly #ports: EnginePorts;
  readonly #options: EngineOptions;
  readonly #book: FamilyBook;
  readonly #problems = new ProblemList();
  readonly #wakeup = new Wakeup();
  readonly #running = new Map<EndpointKey, Promise<Result>>();
  readonly events: Subscribers<EngineEvent>;
  #pausedUntil: number | null = null;
  #offlineSince: number | null = null;
  #historyRuns = true;
  #state: AccountState = { kind: 'starting' };
  #nextAt: number | null = null;
  #zone: string | null = null;
  #stopping: AbortSignal | null = null;

  constructor(ports: EnginePorts, options: EngineOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#book = new FamilyBook(ports.keeper, (endpoint) => isFetched(options, endpoint));
    this.events = new Subscribers((error) => {
      ports.logger.error(`A listener failed: ${toOuraError(error).message}`);
    });
    if (ports.keeper.notice !== null) this.#problems.add({ error: ports.keeper.notice, endpoint: null });
  }

  get state(): AccountState {
    return this.#state;
  }

  get problems(): readonly Problem[] {
    return this.#problems.list();
  }

  /** IANA zone or fixed offset that the person's local days are counted in. */
  get zone(): string {
    this.#zone ??= personZone(this.#options.zone, this.#ports.keeper.current.documents);
    return this.#zone;
  }

  get today(): string {
    return localDay(this.#ports.clock.now(), this.zone);
  }

  get historyFrom(): string {
    return historyFromOf(this.#options, this.#ports.keeper.current.kind, this.today);
  }

  /** When something is planned next, epoch ms; null before the first plan. */
  get nextAt(): number | null {
    return this.#nextAt;
  }

  family(endpoint: EndpointKey): FamilyState {
    return this.#book.get(endpoint);
  }

  /** Runs until the signal is aborted; resolves when all that was under way has ended. */
  async run(signal: AbortSignal): Promise<void> {
    this.#stopping = signal;
    const unsubscribe = this.#ports.keeper.moved.add((error) => {
      if (this.#problems.add({ error, endpoint: null })) this.events.tell({ type: 'problem', error, endpoint: null }); // the keeper logs it
    });
    try {
      await this.#work(signal);
    } finally {
      await Promise.all(this.#running.values());
      unsubscribe();
    }
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { clock, keeper } = this.#ports;
    while (!signal.aborted) {
      const now = clock.now();
      const planner = this.#plannerState(now);
      const { fetches, nextAt } = plan(planner, now);
      for (const fetch of fetches) void this.#launch(fetch, signal); // a fetch reports its own failure
      this.#nextAt = nextAt;
      keeper.maintain(this.#options, this.today, now);
      this.#tellState(planner, now);
      await this.#wakeup.wait(Math.min(nextAt - now, LIMITS.clockCheckMs), clock, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  /**
   * Asks for something now, after what is under way for its family.
   * @throws OuraError what failed; the reason of the signal, or of the engine's when that stops
   */
  async fetchNow(fetch: Fetch, caller: AbortSignal): Promise<FetchOutcome> {
    const signal = this.#stopping === null ? caller : AbortSignal.any([caller, this.#stopping]);
    for (let running = this.#running.get(fetch.endpoint); running !== undefined; running = this.#running.get(fetch.endpoint)) {
      await waitFor(running, signal);
    }
    signal.throwIfAborted();
    const result = await this.#launch(fetch, signal);
    if ('error' in result) throw result.error;
    if ('outcome' in result) return result.outcome;
    throw signal.reason as Error; // the only way left: aborted
  }

  /** Stops or resumes the loading of history; fresh data is not touched. */
  runHistory(on: boolean): void {
    this.#historyRuns = on;
    this.#wakeup.wake();
  }

  /** Which families webhooks tell of at present. */
  cover(endpoints: ReadonlySet<EndpointKey>): void {
    this.#book.cover(endpoints);
    this.#wakeup.wake();
  }

  /** An event waits in the store's queue. */
  heard(): void {
    this.#wakeup.wake();
  }

  /** There is a new sign-in: what was refused with the old one is asked for again now. */
  signedIn(): void {
    this.#pausedUntil = null;
    this.#book.unblock();
    this.#wakeup.wake();
  }

  #plannerState(now: number): PlannerState {
    const left = (this.#pausedUntil ?? 0) - now;
    if (left <= 0 || left > LIMITS.signInRetryMs) this.#pausedUntil = null; // longer than any pause: the clock was set back
    return {
      families: this.#book.all(),
      zone: this.zone,
      intervalMs: pollEveryMs(this.#options),
      historyFrom: this.historyFrom,
      historyRuns: this.#historyRuns,
      budget: allowanceOf(this.#ports.budget, zoneOfChoice(this.#options)),
      pausedUntil: this.#pausedUntil,
      lastSyncSeenAt: null,
      lastProbeAt: null,
    };
  }

  #launch(fetch: Fetch, signal: AbortSignal): Promise<Result> {
    const { endpoint } = fetch;
    this.#book.update(endpoint, { inFlight: true, lastAttemptAt: this.#ports.clock.now() });
    const result = this.#attempt(fetch, signal).finally(() => {
      this.#running.delete(endpoint);
      this.#book.update(endpoint, { inFlight: false });
      this.#wakeup.wake();
    });
    this.#running.set(endpoint, result);
    return result;
  }

  async #attempt(fetch: Fetch, signal: AbortSignal): Promise<Result> {
    const { endpoint } = fetch;
    try {
      const outcome = await runFetch(fetch, this.#book.get(endpoint), this.#fetchPorts(endpoint), signal).finally(() => {
        this.#zone = null; // the newest night may be another one now
      });
      this.#succeeded(fetch, outcome);
      return { outcome };
    } catch (cause) {
      if (signal.aborted) return { aborted: true };
      const error = toOuraError(cause);
      this.#failed(endpoint, error);
      return { error };
    }
  }

  #fetchPorts(endpoint: EndpointKey): Parameters<typeof runFetch>[2] {
    const { client, keeper, clock } = this.#ports;
    const keepFrom = keepFromOf(this.#options, endpoint, keeper.current.kind, this.today);
    return { client, keeper, clock, zone: this.zone, keepFrom };
  }

  #succeeded(fetch: Fetch, outcome: FetchOutcome): void {
    const { endpoint } = fetch;
    const now = this.#ports.clock.now();
    this.#book.update(endpoint, settleSuccess(fetch, this.#book.get(endpoint), outcome, now, this.zone));
    this.#offlineSince = null;
    for (const { error, endpoint: family } of [...this.#problems.clear(endpoint), ...this.#problems.clear(null)]) {
      this.events.tell({ type: 'solved', code: error.code, endpoint: family });
    }
    this.events.tell({ type: 'synced', endpoint, fetch: fetch.kind, outcome });
    for (const reason of outcome.setAside) {
      this.events.tell({ type: 'problem', error: new OuraError('document_invalid', { endpoint, reason }), endpoint });
    }
  }

  #failed(endpoint: EndpointKey, error: OuraError): void {
    const now = this.#ports.clock.now();
    const { family, pauseUntil, wide } = settleFailure(error, this.#book.get(endpoint), now, this.#ports.client.openUntil);
    this.#book.update(endpoint, family);
    if (pauseUntil !== null) this.#pausedUntil = Math.max(this.#pausedUntil ?? 0, pauseUntil);
    if (NO_ANSWER_CODES.includes(error.code)) this.#offlineSince ??= now;
    this.#report(error, wide ? null : endpoint);
  }

  #report(error: OuraError, endpoint: EndpointKey | null): void {
    if (!this.#problems.add({ error, endpoint })) return;
    const where = endpoint === null ? '' : ` (${endpoint})`;
    if (error.retry === 'after-user-action' && error.code !== 'scope_missing') this.#ports.logger.error(error.message);
    else this.#ports.logger.warn(`${error.message}${where}`);
    this.events.tell({ type: 'problem', error, endpoint });
  }

  #tellState(planner: PlannerState, now: number): void {
    const state = accountStateOf({ planner, problems: this.problems, offlineSince: this.#offlineSince, today: this.today, now });
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.events.tell({ type: 'state', state });
  }
}
