import { Subscribers } from '../../async/subscribers';
import { untilAborted } from '../../async/until-aborted';
import { LIMITS } from '../../catalogue/limits';
import { OuraError } from '../../errors/oura-error';
import { toOuraError } from '../../errors/to-oura-error';
import type { Clock } from '../../ports/clock';
import type { HomeAssistant, HomeAssistantCommand, HomeAssistantFacts } from '../../ports/home-assistant';
import type { Logger } from '../../ports/logger';
import { homeAddress } from './home-address';
import { HomeSocket } from './home-socket';
import { openSocket } from './open-socket';
import { readFacts } from './read-facts';

interface Ports {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Everything is read at each try. What is thrown becomes the problem. */
interface Options {
  /** Address of Home Assistant, see `homeAddress`. */
  readonly url: string;
  /** Null = there is none. */
  readonly token: () => string | null;
  /** Whether a certificate nobody vouches for is refused. */
  readonly rejectUnauthorized: boolean;
}

/** A subscription that outlives connections. */
interface Lasting {
  readonly command: HomeAssistantCommand;
  readonly listener: (event: unknown) => void;
  /** Ends it on the connection it was made on. */
  end: () => void;
  isOver: boolean;
}

/**
 * The connection with Home Assistant: made after `start`, made again for ever with growing pauses, gone after `close`. What goes wrong is
 * logged once when it begins and once when it is over; the token is in no log and no error.
 */
export class HomeConnection implements HomeAssistant {
  readonly #ports: Ports;
  readonly #options: Options;
  readonly #closing = new AbortController();
  readonly #lasting = new Set<Lasting>();
  readonly #listeners: Subscribers<HomeAssistantFacts | null>;
  #host = '';
  #running: Promise<void> = Promise.resolve();
  #socket: HomeSocket | null = null;
  #facts: HomeAssistantFacts | null = null;
  /** Whether the listeners believe that there is a connection. */
  #isTold = false;
  #problem: OuraError | null = null;
  #pauseMs: number = LIMITS.homeReconnectFirstMs;

  constructor(ports: Ports, options: Options) {
    this.#ports = ports;
    this.#options = options;
    this.#listeners = new Subscribers((error) => {
      ports.logger.error(`A change of the connection with Home Assistant could not be worked on: ${toOuraError(error).message}`);
    });
  }

  get facts(): HomeAssistantFacts | null {
    return this.#facts;
  }

  get problem(): OuraError | null {
    return this.#problem;
  }

  start(): void {
    this.#running = this.#run(this.#closing.signal);
  }

  /** Resolves when the connection is gone; nothing is heard afterwards. */
  async close(): Promise<void> {
    this.#closing.abort(new DOMException('The connection with Home Assistant is closed.', 'AbortError'));
    for (const one of this.#lasting) one.isOver = true;
    this.#lasting.clear();
    await this.#running;
  }

  async call(command: HomeAssistantCommand, signal?: AbortSignal, timeoutMs: number = LIMITS.homeCallTimeoutMs): Promise<unknown> {
    return await this.#connected().call(command, timeoutMs, signal);
  }

  async subscribe(command: HomeAssistantCommand, listener: (event: unknown) => void, lifetime: 'lasting' | 'socket'): Promise<() => void> {
    if (lifetime === 'socket') return await this.#connected().subscribe(command, listener);
    const one: Lasting = { command, listener, end: () => undefined, isOver: this.#isClosed() };
    if (!one.isOver) this.#lasting.add(one);
    if (this.#socket !== null) await this.#begin(one, this.#socket);
    return () => {
      this.#over(one);
    };
  }

  onFacts(listener: (facts: HomeAssistantFacts | null) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Never rejects. */
  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const problem = toOuraError(await this.#live(signal).catch((cause: unknown) => cause));
      const pauseMs = this.#failed(problem);
      await this.#ports.clock.delay(pauseMs, signal).catch(() => undefined); // aborted: the loop ends
    }
    this.#problem = null;
    this.#tellGone(false);
  }

  /** One connection from its beginning to its end. @returns why it ended; throws why it could not be made */
  async #live(signal: AbortSignal): Promise<unknown> {
    const socket = await this.#open(signal);
    const either = AbortSignal.any([socket.ended, signal]);
    try {
      const facts = await readFacts(socket, this.#ports.clock, either);
      this.#came(socket, facts);
      await untilAborted(either);
      return either.reason;
    } finally {
      this.#socket = null;
      this.#facts = null;
      await socket.close();
    }
  }

  async #open(signal: AbortSignal): Promise<HomeSocket> {
    const address = homeAddress(this.#options.url);
    this.#host = address.host;
    const token = this.#options.token();
    if (token === null || token === '') throw new OuraError('home_token_missing');
    const opened = new AbortController();
    const late = new AbortController();
    this.#ports.clock.delay(LIMITS.homeCallTimeoutMs, AbortSignal.any([opened.signal, signal])).then(
      () => {
        late.abort(new OuraError('home_away', { host: address.host, reason: 'ETIMEDOUT' }));
      },
      () => undefined, // it has been opened, or is not wanted any more
    );
    try {
      const { rejectUnauthorized } = this.#options;
      return new HomeSocket(await openSocket(address, { token, rejectUnauthorized }, AbortSignal.any([late.signal, signal])), this.#ports);
    } finally {
      opened.abort();
    }
  }

  /** Lasting subscriptions go out before anybody hears of the connection: whoever then asks for something hears the answer. */
  #came(socket: HomeSocket, facts: HomeAssistantFacts): void {
    if (this.#problem !== null) this.#ports.logger.info('Home Assistant can be reached again.');
    if (!facts.isAdmin) this.#ports.logger.warn(new OuraError('home_not_admin').message);
    this.#problem = null;
    this.#pauseMs = LIMITS.homeReconnectFirstMs;
    this.#socket = socket;
    this.#facts = facts;
    this.#isTold = true;
    for (const one of this.#lasting) void this.#renew(one, socket);
    this.#listeners.tell(facts);
  }

  /** @returns the pause before the next try, ms */
  #failed(problem: OuraError): number {
    if (this.#isClosed()) return 0;
    const isNew = this.#problem?.code !== problem.code;
    if (isNew) {
      if (problem.retry === 'later') this.#ports.logger.warn(`${problem.message} It is tried again by itself.`);
      else this.#ports.logger.error(problem.message);
    }
    this.#problem = problem;
    this.#tellGone(isNew);
    if (problem.retry !== 'later') return LIMITS.homeReconnectMaxMs;
    const pauseMs = this.#pauseMs;
    this.#pauseMs = Math.min(pauseMs * 2, LIMITS.homeReconnectMaxMs);
    return pauseMs;
  }

  /** @param isNew whether there is something to tell even to those who know that the connection is gone */
  #tellGone(isNew: boolean): void {
    if (isNew || this.#isTold) this.#listeners.tell(null);
    this.#isTold = false;
  }

  #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  #connected(): HomeSocket {
    if (this.#socket !== null) return this.#socket;
    throw new OuraError('home_away', {
      host: this.#host,
      reason: String(this.#problem?.params['reason'] ?? this.#problem?.code ?? 'CONNECTING'),
    });
  }

  /** @throws OuraError home_refused, timed_out; a connection that is lost meanwhile does no harm */
  async #begin(one: Lasting, socket: HomeSocket): Promise<void> {
    try {
      await this.#make(one, socket);
    } catch (cause) {
      const error = toOuraError(cause);
      if (error.code === 'home_away') return;
      this.#over(one);
      throw error;
    }
  }

  /** Never rejects: a subscription that is refused now is made again with the next connection, and one without answer ends this one. */
  async #renew(one: Lasting, socket: HomeSocket): Promise<void> {
    try {
      await this.#make(one, socket);
    } catch (cause) {
      const error = toOuraError(cause);
      if (error.code === 'home_refused') this.#ports.logger.warn(error.message);
      else if (error.code !== 'home_away') await socket.close();
    }
  }

  async #make(one: Lasting, socket: HomeSocket): Promise<void> {
    const end = await socket.subscribe(one.command, one.listener);
    if (one.isOver) end();
    else one.end = end;
  }

  #over(one: Lasting): void {
    one.isOver = true;
    one.end();
    this.#lasting.delete(one);
  }
}
