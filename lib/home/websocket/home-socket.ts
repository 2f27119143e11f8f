import { Connection, type ConnectionOptions } from 'home-assistant-js-websocket/dist/connection.js';
import { WebSocket } from 'ws';
import { untilAborted } from '../../async/until-aborted';
import { waitFor } from '../../async/wait-for';
import { LIMITS } from '../../catalogue/limits';
import { OuraError } from '../../errors/oura-error';
import { toOuraError } from '../../errors/to-oura-error';
import type { Clock } from '../../ports/clock';
import type { HomeAssistantCommand } from '../../ports/home-assistant';
import type { Logger } from '../../ports/logger';
import { librarySocket } from './library-socket';
import type { OpenSocket } from './open-socket';

interface Ports {
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * One connection with Home Assistant, from signing in to its end. Ids, answers and subscriptions are the official library's; its way to
 * reconnect is not used: it gives up on a refused token, waits on a timer of its own and lets a refused subscription float.
 */
export class HomeSocket {
  readonly version: string;
  readonly #host: string;
  readonly #socket: WebSocket;
  readonly #connection: Connection;
  readonly #ports: Ports;
  readonly #ended = new AbortController();
  #isClosing = false;

  constructor({ socket, version, host }: OpenSocket, ports: Ports) {
    this.version = version;
    this.#host = host;
    this.#socket = socket;
    this.#ports = ports;
    socket.on('close', () => {
      this.#connection.close(); // heard before the library hears it: it does not reconnect
      this.#ended.abort(this.#away('CLOSED'));
    });
    const options: ConnectionOptions = { setupRetry: 0, createSocket: () => Promise.reject(this.#away('CLOSED')) };
    this.#connection = new Connection(librarySocket(socket, version), options);
    if (socket.readyState !== WebSocket.OPEN) this.#ended.abort(this.#away('CLOSED'));
  }

  /** Aborted when the connection is gone; its reason is an OuraError home_away. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** @throws OuraError home_away, home_refused, timed_out; the signal's reason */
  async call(command: HomeAssistantCommand, timeoutMs: number, signal?: AbortSignal): Promise<unknown> {
    this.ended.throwIfAborted();
    signal?.throwIfAborted();
    const answer = this.#inTime(this.#connection.sendMessagePromise({ ...command }), command.type, timeoutMs);
    return await (signal === undefined ? answer : waitFor(answer, signal));
  }

  /**
   * @returns ends it; calling it twice is harmless
   * @throws OuraError home_away, home_refused, timed_out
   */
  async subscribe(command: HomeAssistantCommand, listener: (event: unknown) => void): Promise<() => void> {
    this.ended.throwIfAborted();
    let isOver = false;
    const hear = (event: unknown): void => {
      if (!isOver && !this.#isClosing) this.#tell(listener, event, command.type);
    };
    const made = this.#connection.subscribeMessage(hear, { ...command }, { resubscribe: false });
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      if (!this.ended.aborted) made.then((unsubscribe) => unsubscribe()).catch(() => undefined); // refused or dropped: ended as well
    };
    try {
      await this.#inTime(made, command.type, LIMITS.homeCallTimeoutMs);
      return end;
    } catch (error) {
      end();
      throw error;
    }
  }

  /** Nothing is heard from now on. Resolves when the connection is gone; a Home Assistant that does not answer is not waited for long. */
  async close(): Promise<void> {
    const gone = new AbortController();
    this.#isClosing = true;
    this.#socket.close();
    await Promise.race([
      untilAborted(this.ended),
      this.#ports.clock.delay(LIMITS.homeCloseTimeoutMs, gone.signal).catch(() => undefined), // aborted: it is gone
    ]);
    gone.abort();
    this.#socket.terminate();
  }

  async #inTime<T>(answer: Promise<T>, command: string, timeoutMs: number): Promise<T> {
    const answered = new AbortController();
    const late = this.#ports.clock.delay(timeoutMs, answered.signal).then(() => {
      throw new OuraError('timed_out', { seconds: timeoutMs / 1000, path: command });
    });
    const told = answer.catch((refusal: unknown) => {
      throw this.#errorOf(refusal, command);
    });
    try {
      return await Promise.race([waitFor(told, this.ended), late]);
    } finally {
      answered.abort();
    }
  }

  /** The library rejects with Home Assistant's error object, or with a number or an object with a number when the connection is lost. */
  #errorOf(refusal: unknown, command: string): OuraError {
    const code = typeof refusal === 'object' && refusal !== null && 'code' in refusal ? refusal.code : null;
    if (typeof code !== 'string') return this.#away('CLOSED');
    return new OuraError('home_refused', { command, reason: /^\w{1,60}$/.test(code) ? code : 'unknown_error' });
  }

  #away(reason: string): OuraError {
    return new OuraError('home_away', { host: this.#host, reason });
  }

  #tell(listener: (event: unknown) => void, event: unknown, command: string): void {
    try {
      listener(event);
    } catch (cause) {
      this.#ports.logger.error(`What ${command} told could not be worked on: ${toOuraError(cause).message}`);
    }
  }
}
