import { Subscribers } from '../async/subscribers';
import { untilAborted } from '../async/until-aborted';
import { waitFor } from '../async/wait-for';
import { Wakeup } from '../async/wakeup';
import type { WebhookState } from '../catalogue/webhook-states';
import { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { Logger } from '../ports/logger';
import type { AccountConfig } from './account-config';
import { stateWithoutEngine } from './account-state';
import type { Connection } from './connection';
import type { AccountState, EngineEvent } from './engine-events';
import { HostFollowers } from './host-followers';
import type { PersonEngine } from './person-engine';
import type { PersonHost } from './person-host';
import { pauseAfter } from './pause-after';
import { personIdOf } from './person-id';
import type { Problem } from './problem-list';
import type { Rest } from './rest';
import { Turns } from './turns';

export interface SessionPorts {
  readonly logger: Logger;
  /** Opens what the account talks to Oura with. */
  readonly connect: () => Promise<Connection>;
  /** Which person this account belonged to when it last ran; null = never seen. */
  readonly knownPerson: () => string | null;
  /** The shared store and engine of a person, and back. */
  readonly enter: (personId: string) => PersonHost;
  readonly leave: (host: PersonHost) => void;
  /** Why nothing may be asked of Oura for now; null = it may. */
  readonly restOf: () => Rest | null;
  /** How its webhooks stand. */
  readonly webhookState: () => WebhookState;
}

/** One account from start to stop: opens the person's local copy at once, finds out who the token belongs to, then lets the engine run. */
export class AccountSession {
  readonly config: AccountConfig;
  readonly #ports: SessionPorts;
  readonly events: Subscribers<EngineEvent>;
  readonly #followers: HostFollowers;
  readonly #again = new Wakeup();
  readonly #turns = new Turns();
  #connection: Connection | null = null;
  #host: PersonHost | null = null;
  #unsubscribe: (() => void) | null = null;
  #own: AccountState = { kind: 'starting' };
  #problem: OuraError | null = null;
  #step: Promise<void>;
  #stepped: () => void = () => undefined;

  constructor(ports: SessionPorts, config: AccountConfig) {
    this.#ports = ports;
    this.config = config;
    const onError = (error: unknown): void => {
      ports.logger.error(`A listener failed: ${toOuraError(error).message}`);
    };
    this.events = new Subscribers(onError);
    this.#followers = new HostFollowers(onError);
    this.#step = this.#nextStep();
  }

  /** The person's shared store and engine; null until the person is known. */
  get host(): PersonHost | null {
    return this.#host;
  }

  /** How the account talks to Oura; null while it starts. */
  get connection(): Connection | null {
    return this.#connection;
  }

  get state(): AccountState {
    return this.#host?.engine?.state ?? this.#own;
  }

  get problems(): readonly Problem[] {
    const own = this.#problem === null ? [] : [{ error: this.#problem, endpoint: null }];
    return [...own, ...(this.#host?.engine?.problems ?? [])];
  }

  get webhookState(): WebhookState {
    return this.#ports.webhookState();
  }

  /**
   * Follows the person's shared store and engine, now or as soon as the person is known, and again when it is another one.
   * @param begin what it returns is called when that host goes
   * @returns ends it
   */
  withHost(begin: (host: PersonHost) => () => void): () => void {
    return this.#followers.add(begin);
  }

  /** There is a new sign-in of the same person: what waited for it goes on at once. */
  signedIn(): void {
    this.#again.wake();
    if (this.#host?.leader === this.config.id) this.#host.engine?.signedIn();
  }

  /**
   * Ends all that is under way, does the work while nothing is open, and starts anew, perhaps as another person. A session that has ended
   * does the work at once; whoever follows it waits for that.
   */
  startAnewAfter(work: () => Promise<void>): Promise<void> {
    return this.#turns.startAnewAfter(work);
  }

  /**
   * The engine, as soon as Oura has told who the account belongs to.
   * @throws OuraError what stands in the way, when a person must act or Oura cannot be reached; the signal's reason
   */
  async whenEngine(signal: AbortSignal): Promise<PersonEngine> {
    for (;;) {
      const engine = this.#host?.engine ?? null;
      if (engine !== null) return engine;
      if (this.#problem !== null) throw this.#problem;
      await waitFor(this.#step, signal);
    }
  }

  /** Runs until the signal is aborted; resolves when all has ended, and all that was to be done between two turns. */
  run(signal: AbortSignal): Promise<void> {
    return this.#turns.run((turn) => this.#once(turn), signal);
  }

  async #resting(signal: AbortSignal): Promise<void> {
    const rest = this.#ports.restOf();
    if (rest === null) return;
    this.#tell(rest.reason, 0);
    await rest.over(signal);
    signal.throwIfAborted();
    this.#solve();
  }

  async #once(signal: AbortSignal): Promise<void> {
    const { id, engine: options } = this.config;
    try {
      await this.#resting(signal);
      const connection = await this.#connect(signal);
      const known = this.#ports.knownPerson();
      if (known !== null) this.#enter(known, connection);
      const personId = await this.#identify(connection, known, signal);
      const host = this.#host ?? this.#enter(personId, connection);
      await host.join({ accountId: id, options, ...connection });
      this.#advance();
      await untilAborted(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      await this.#exit();
    }
  }

  /** A setting that cannot work (an address that is none) waits for the person to change it. */
  async #connect(signal: AbortSignal): Promise<Connection> {
    try {
      this.#connection = await this.#ports.connect();
      return this.#connection;
    } catch (cause) {
      this.#tell(toOuraError(cause), 0);
      await untilAborted(signal);
      throw cause;
    }
  }

  /** Asks Oura who the token belongs to until it answers. A person other than before is refused: nothing is written. */
  async #identify({ client, clock }: Connection, known: string | null, signal: AbortSignal): Promise<string> {
    if (this.config.mode === 'sandbox') return personIdOf(`sandbox:${this.config.id}`);
    for (let failures = 0; ; failures += 1) {
      try {
        const { id } = await client.personalInfo({ purpose: 'fresh' }, signal);
        const personId = personIdOf(id);
        if (known !== null && personId !== known) throw new OuraError('person_changed');
        this.#solve();
        return personId;
      } catch (cause) {
        signal.throwIfAborted();
        const error = toOuraError(cause);
        this.#tell(error, clock.now());
        await this.#again.waitUntil(clock.now() + pauseAfter(error, failures), clock, signal);
      }
    }
  }

  #enter(personId: string, connection: Connection): PersonHost {
    connection.onPerson(personId);
    const host = this.#ports.enter(personId);
    this.#host = host;
    this.#unsubscribe = host.events.add((event) => {
      this.events.tell(event);
    });
    this.#followers.move(host);
    return host;
  }

  async #exit(): Promise<void> {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    const host = this.#host;
    if (host !== null) {
      await host.leave(this.config.id);
      this.#host = null;
      this.#followers.move(null);
      this.#ports.leave(host);
    }
    await this.#connection?.close();
    this.#connection = null;
    this.#own = { kind: 'starting' };
  }

  #tell(error: OuraError, now: number): void {
    const isNew = this.#problem?.code !== error.code;
    this.#problem = error;
    this.#own = stateWithoutEngine(error, this.#own, now);
    this.#advance();
    if (!isNew) return;
    if (error.retry === 'after-user-action') this.#ports.logger.error(error.message);
    else this.#ports.logger.warn(error.message);
    this.events.tell({ type: 'problem', error, endpoint: null });
    this.events.tell({ type: 'state', state: this.#own });
  }

  #nextStep(): Promise<void> {
    return new Promise((resolve) => {
      this.#stepped = resolve;
    });
  }

  /** Whoever waits for the engine looks again. */
  #advance(): void {
    const stepped = this.#stepped;
    this.#step = this.#nextStep();
    stepped();
  }

  #solve(): void {
    const solved = this.#problem;
    this.#problem = null;
    if (solved !== null) this.events.tell({ type: 'solved', code: solved.code, endpoint: null });
  }
}
