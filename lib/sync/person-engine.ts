import type { Budget } from '../api/budget';
import type { OuraClient } from '../api/oura-client';
import { Subscribers } from '../async/subscribers';
import { Wakeup } from '../async/wakeup';
import type { EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { toOuraError } from '../errors/to-oura-error';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import { accountStateOf } from './account-state';
import { allowanceOf } from './allowance';
import type { AccountState, EngineEvent, WebhookHealth } from './engine-events';
import { historyFromOf, isFetched, pollEveryMs, zoneOfChoice, type EngineOptions } from './engine-options';
import { FamilyBook } from './family-book';
import { Fetcher } from './fetcher';
import { localDay } from './local-day';
import { personZone } from './person-zone';
import type { FamilyState, Fetch, PlannerState } from './plan';
import { dueAtOf, plan } from './planner';
import type { Problem } from './problem-list';
import type { FetchOutcome } from './run-fetch';
import { Senses } from './senses';
import type { StoreKeeper } from './store-keeper';
import { Troubles } from './troubles';

export interface EnginePorts {
  readonly client: OuraClient;
  readonly budget: Budget;
  readonly keeper: StoreKeeper;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Keeps one person's local copy fresh: plans, fetches family by family, stores, and tells what happened. A failing family never stops
 * another.
 */
export class PersonEngine {
  readonly #ports: EnginePorts;
  readonly #options: EngineOptions;
  readonly #book: FamilyBook;
  readonly #senses: Senses;
  readonly #troubles: Troubles;
  readonly #wakeup = new Wakeup();
  readonly #fetcher: Fetcher;
  readonly events: Subscribers<EngineEvent>;
  #pausedUntil: number | null = null;
  /** The pause is over as soon as Oura answers. */
  #isCutOff = false;
  #historyRuns = true;
  #state: AccountState = { kind: 'starting' };
  #nextAt: number | null = null;
  #zone: string | null = null;
  #stopping: AbortSignal | null = null;
  #planned: PlannerState | null = null;

  constructor(ports: EnginePorts, options: EngineOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#book = new FamilyBook(ports.keeper, (endpoint) => isFetched(options, endpoint));
    this.#senses = new Senses(ports.keeper);
    this.events = new Subscribers((error) => {
      ports.logger.error(`A listener failed: ${toOuraError(error).message}`);
    });
    this.#troubles = new Troubles(this.events, ports.logger);
    if (ports.keeper.notice !== null) this.#troubles.note(ports.keeper.notice);
    this.#fetcher = new Fetcher({
      ...ports,
      options,
      book: this.#book,
      senses: this.#senses,
      troubles: this.#troubles,
      events: this.events,
      place: () => ({ zone: this.zone, today: this.today }),
      onPause: (until, isCutOff) => {
        if (until > (this.#pausedUntil ?? 0)) [this.#pausedUntil, this.#isCutOff] = [until, isCutOff];
      },
      onResume: () => {
        if (this.#isCutOff) this.#pausedUntil = null;
      },
      onEnd: () => {
        this.#zone = null; // the newest night may be another one now
        this.#wakeup.wake();
      },
    });
  }

  get state(): AccountState {
    return this.#state;
  }

  get problems(): readonly Problem[] {
    return this.#troubles.list;
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

  /** Whether events of webhooks can be relied on. */
  get webhooks(): WebhookHealth {
    return this.#planned?.webhooks ?? 'off';
  }

  family(endpoint: EndpointKey): FamilyState {
    return this.#book.get(endpoint);
  }

  /** When a family will be read next if nothing happens, epoch ms; now or earlier = at once, Infinity = never, null = nothing planned. */
  dueAt(endpoint: EndpointKey): number | null {
    if (this.#planned === null) return null;
    const state = { ...this.#planned, families: this.#book.all() };
    return dueAtOf(endpoint, this.#book.get(endpoint), state, this.#ports.clock.now());
  }

  /** Runs until the signal is aborted; resolves when all that was under way has ended. */
  async run(signal: AbortSignal): Promise<void> {
    this.#stopping = signal;
    if (this.#senses.wasAway(this.#ports.clock.now())) this.#book.want(this.#ports.clock.now()); // events may have been missed, too
    const unsubscribe = this.#ports.keeper.moved.add((error) => {
      if (this.#troubles.note(error)) this.events.tell({ type: 'problem', error, endpoint: null }); // the keeper logs it
    });
    try {
      await this.#work(signal);
    } finally {
      await this.#fetcher.ended();
      unsubscribe();
    }
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { clock, keeper } = this.#ports;
    while (!signal.aborted) {
      const now = clock.now();
      const planner = this.#perceive(now);
      const { fetches, nextAt } = plan(planner, now);
      for (const fetch of fetches) void this.#fetcher.launch(fetch, signal); // a fetch reports its own failure
      this.#nextAt = Math.min(nextAt, this.#senses.nextAt);
      keeper.maintain(this.#options, this.today, now);
      this.#tellState(planner, now);
      await this.#wakeup.wait(Math.min(this.#nextAt - now, LIMITS.clockCheckMs), clock, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  /**
   * Asks for something now, after what is under way for its family.
   * @throws OuraError what failed; the reason of the signal, or of the engine's when that stops
   */
  async fetchNow(fetch: Fetch, caller: AbortSignal): Promise<FetchOutcome> {
    return await this.#fetcher.fetchNow(fetch, this.#stopping === null ? caller : AbortSignal.any([caller, this.#stopping]));
  }

  /** Stops or resumes the loading of history; fresh data is not touched. */
  runHistory(on: boolean): void {
    this.#historyRuns = on;
    this.#wakeup.wake();
  }

  /** Which families webhooks tell of at present. */
  cover(endpoints: ReadonlySet<EndpointKey>): void {
    this.#book.cover(endpoints);
    this.#senses.cover(endpoints, this.#ports.clock.now());
    this.#wakeup.wake();
  }

  /** An event waits in the store's queue. */
  heard(): void {
    this.#wakeup.wake();
  }

  /** There is a new sign-in: what was refused with the old one is asked for again now. */
  signedIn(): void {
    this.#pausedUntil = null;
    this.#book.unblock(this.#ports.clock.now());
    this.#wakeup.wake();
  }

  /** What a plan depends on; events of webhooks are taken in on the way. */
  #perceive(now: number): PlannerState {
    const left = (this.#pausedUntil ?? 0) - now;
    if (left <= 0 || left > LIMITS.signInRetryMs) this.#pausedUntil = null; // longer than any pause: the clock was set back
    const families = this.#book.all();
    const before = this.webhooks;
    this.#planned = {
      families,
      ...this.#senses.perceive(families, { now, zone: this.zone }, (endpoint) => {
        this.#fetcher.tellDeleted(endpoint);
      }),
      zone: this.zone,
      intervalMs: pollEveryMs(this.#options),
      historyFrom: this.historyFrom,
      historyRuns: this.#historyRuns,
      budget: allowanceOf(this.#ports.budget, zoneOfChoice(this.#options)),
      pausedUntil: this.#pausedUntil,
    };
    if (before !== this.webhooks) this.events.tell({ type: 'webhooks', health: this.webhooks });
    return this.#planned;
  }

  #tellState(planner: PlannerState, now: number): void {
    const state = accountStateOf({ planner, problems: this.problems, offlineSince: this.#troubles.offlineSince, today: this.today, now });
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.events.tell({ type: 'state', state });
  }
}
