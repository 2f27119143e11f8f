import { delayUntil } from '../async/delay-until';
import { Subscribers } from '../async/subscribers';
import { waitFor } from '../async/wait-for';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { RateLimitedError } from '../errors/rate-limited-error';
import { toOuraError } from '../errors/to-oura-error';
import type { Logger } from '../ports/logger';
import type { AccountConfig } from './account-config';
import type { Connection } from './connection';
import type { AccountState, EngineEvent } from './engine-events';
import type { PersonEngine } from './person-engine';
import type { PersonHost } from './person-host';
import { personIdOf } from './person-id';
import type { Problem } from './problem-list';

export interface SessionPorts {
  readonly logger: Logger;
  /** Opens what the account talks to Oura with. */
  readonly connect: () => Promise<Connection>;
  /** Which person this account belonged to when it last ran; null = never seen. */
  readonly knownPerson: () => string | null;
  /** The shared store and engine of a person, and back. */
  readonly enter: (personId: string) => PersonHost;
  readonly leave: (host: PersonHost) => void;
}

const SIGN_IN_CODES: readonly string[] = ['not_authorised', 'token_missing', 'token_malformed'];

/** One account from start to stop: opens the person's local copy at once, finds out who the token belongs to, then lets the engine run. */
export class AccountSession {
  readonly config: AccountConfig;
  readonly #ports: SessionPorts;
  readonly events: Subscribers<EngineEvent>;
  readonly #hostListeners: Subscribers<PersonHost>;
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
    this.#hostListeners = new Subscribers(onError);
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

  /** Calls back with the host, now or as soon as the person is known. @returns ends the wait */
  withHost(listener: (host: PersonHost) => void): () => void {
    if (this.#host !== null) {
      listener(this.#host);
      return () => undefined;
    }
    return this.#hostListeners.add(listener);
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

  /** Runs until the signal is aborted; resolves when all has ended. */
  async run(signal: AbortSignal): Promise<void> {
    const { id, engine: options } = this.config;
    try {
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
        const personId = personIdOf(id as string); // the client insists on a text
        if (known !== null && personId !== known) throw new OuraError('person_changed');
        this.#solve();
        return personId;
      } catch (cause) {
        signal.throwIfAborted();
        const error = toOuraError(cause);
        this.#tell(error, clock.now());
        await delayUntil(clock.now() + pauseAfter(error, failures), clock, signal);
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
    this.#hostListeners.tell(host);
    return host;
  }

  async #exit(): Promise<void> {
    this.#unsubscribe?.();
    const host = this.#host;
    if (host !== null) {
      await host.leave(this.config.id);
      this.#host = null;
      this.#ports.leave(host);
    }
    await this.#connection?.close();
  }

  #tell(error: OuraError, now: number): void {
    const isNew = this.#problem?.code !== error.code;
    this.#problem = error;
    this.#own = stateOf(error, this.#own, now);
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

function stateOf(error: OuraError, before: AccountState, now: number): AccountState {
  if (SIGN_IN_CODES.includes(error.code)) return { kind: 'sign_in' };
  if (error.code === 'person_changed' || error.code === 'address_invalid') return { kind: 'refused' };
  if (error.code === 'membership_lapsed') return { kind: 'membership' };
  return before.kind === 'offline' ? before : { kind: 'offline', since: now };
}

function pauseAfter(error: OuraError, failures: number): number {
  if (error instanceof RateLimitedError) return error.retryAfterMs;
  if (error.retry === 'after-user-action') return LIMITS.signInRetryMs;
  return Math.min(LIMITS.familyRetryFirstMs * 2 ** failures, LIMITS.familyRetryMaxMs);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
}
