import type { Budget } from '../api/budget';
import type { OuraClient } from '../api/oura-client';
import { Subscribers } from '../async/subscribers';
import type { EndpointKey } from '../catalogue/endpoints';
import { toOuraError } from '../errors/to-oura-error';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { Settings } from '../ports/settings';
import type { EngineEvent } from './engine-events';
import type { EngineOptions } from './engine-options';
import { PersonEngine } from './person-engine';
import type { StoreKeeper } from './store-keeper';

/** An account that may drive a person's engine. */
export interface Member {
  readonly accountId: string;
  readonly client: OuraClient;
  readonly budget: Budget;
  readonly options: EngineOptions;
  readonly clock: Clock;
}

interface Running {
  readonly member: Member;
  readonly engine: PersonEngine;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** What accounts of one person share: the store, the settings and one engine, driven by the account that came first. */
export class PersonHost {
  readonly personId: string;
  readonly keeper: StoreKeeper;
  readonly settings: Settings;
  readonly events: Subscribers<EngineEvent>;
  readonly #logger: Logger;
  readonly #members: Member[] = [];
  #covered: ReadonlySet<EndpointKey> = new Set();
  #running: Running | null = null;
  #ending: Promise<void> = Promise.resolve();

  constructor(personId: string, keeper: StoreKeeper, settings: Settings, logger: Logger) {
    this.personId = personId;
    this.keeper = keeper;
    this.settings = settings;
    this.#logger = logger;
    this.events = new Subscribers((error) => {
      logger.error(`A listener failed: ${toOuraError(error).message}`);
    });
  }

  /** The engine at work; null until an account has shown that it may ask Oura about this person. */
  get engine(): PersonEngine | null {
    return this.#running?.engine ?? null;
  }

  /** The account whose sign-in the engine uses; null = none. */
  get leader(): string | null {
    return this.#running?.member.accountId ?? null;
  }

  get signal(): AbortSignal | null {
    return this.#running?.stop.signal ?? null;
  }

  /** Families that webhooks tell of at present. */
  get covered(): ReadonlySet<EndpointKey> {
    return this.#covered;
  }

  /** Which families webhooks tell of at present; holds for the engines to come, too. */
  cover(endpoints: ReadonlySet<EndpointKey>): void {
    this.#covered = endpoints;
    this.engine?.cover(endpoints);
  }

  async join(member: Member): Promise<void> {
    this.#members.push(member);
    await this.#ending;
    this.#lead();
  }

  /** Resolves when nothing of this account is under way any more. */
  async leave(accountId: string): Promise<void> {
    const index = this.#members.findIndex((member) => member.accountId === accountId);
    if (index >= 0) this.#members.splice(index, 1);
    const running = this.#running;
    if (running?.member.accountId !== accountId) return;
    this.#running = null;
    running.stop.abort(new DOMException('The account has stopped.', 'AbortError'));
    this.#ending = running.ended;
    await this.#ending;
    this.#lead();
  }

  #lead(): void {
    const [member] = this.#members;
    if (member === undefined || this.#running !== null) return;
    const stop = new AbortController();
    const { client, budget, clock, options } = member;
    const engine = new PersonEngine({ client, budget, clock, keeper: this.keeper, logger: this.#logger }, options);
    engine.events.add((event) => {
      this.events.tell(event);
    });
    engine.cover(this.#covered);
    const ended = engine.run(stop.signal).catch((error: unknown) => {
      this.#logger.error(`The engine of person ${this.personId} has stopped: ${toOuraError(error).message}`);
    });
    this.#running = { member, engine, stop, ended };
  }
}
