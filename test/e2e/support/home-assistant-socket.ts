/** What Home Assistant sends. */
type Incoming =
  | { readonly type: 'auth_required' | 'auth_invalid' | 'pong' }
  | { readonly type: 'auth_ok'; readonly ha_version: string }
  | { readonly type: 'event'; readonly id: number; readonly event: unknown }
  | { readonly type: 'result'; readonly id: number; readonly success: true; readonly result: unknown }
  | {
      readonly type: 'result';
      readonly id: number;
      readonly success: false;
      readonly error: { readonly code: string; readonly message: string };
    };

/** A command of Home Assistant's WebSocket interface. */
export type SocketCommand = Readonly<Record<string, unknown>> & { readonly type: string };

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (cause: Error) => void;
}

/** A refusal. `code` is Home Assistant's, such as `not_found`; texts differ between its versions. */
export class HomeAssistantRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** A signed-in connection to Home Assistant's WebSocket interface; it ends when Home Assistant does. */
export class HomeAssistantSocket {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<number, (event: unknown) => void>();
  #id = 0;
  #version = '';

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** @throws Error when nobody answers, or the token is refused */
  static connect(url: string, token: string): Promise<HomeAssistantSocket> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/websocket`);
    const connection = new HomeAssistantSocket(socket);
    return new Promise((resolve, reject) => {
      socket.addEventListener('close', () => {
        const cause = new Error('the WebSocket is closed');
        reject(cause);
        for (const waiting of connection.#waiting.values()) waiting.reject(cause);
        connection.#waiting.clear();
      });
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
        const parsed = JSON.parse(data) as Incoming | Incoming[]; // several at once when it is busy
        for (const message of Array.isArray(parsed) ? parsed : [parsed]) {
          if (message.type === 'auth_required') socket.send(JSON.stringify({ type: 'auth', access_token: token }));
          else if (message.type === 'auth_ok') {
            connection.#version = message.ha_version;
            resolve(connection);
          } else if (message.type === 'auth_invalid') reject(new Error('the token is refused'));
          else connection.#take(message);
        }
      });
    });
  }

  /** Home Assistant's version, such as `2024.1.6`. */
  get version(): string {
    return this.#version;
  }

  /** @throws HomeAssistantRefusal when Home Assistant says no; Error when the connection ends before its answer */
  send<T>(command: SocketCommand): Promise<T> {
    this.#id += 1;
    return this.#ask(this.#id, command) as Promise<T>; // the caller names Home Assistant's documented shape
  }

  /** Sends a command that answers with events. @returns what ends it @throws as `send` does */
  async subscribe(command: SocketCommand, listener: (event: unknown) => void): Promise<() => Promise<void>> {
    this.#id += 1;
    const id = this.#id;
    this.#listeners.set(id, listener);
    await this.#ask(id, command);
    return async () => {
      this.#listeners.delete(id);
      await this.send({ type: 'unsubscribe_events', subscription: id });
    };
  }

  close(): void {
    this.#socket.close();
  }

  #ask(id: number, command: SocketCommand): Promise<unknown> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error('the WebSocket is closed'));
    const answer = new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    this.#socket.send(JSON.stringify({ id, ...command }));
    return answer;
  }

  #take(message: Incoming): void {
    if (message.type === 'event') this.#listeners.get(message.id)?.(message.event);
    if (message.type !== 'result') return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.success) waiting?.resolve(message.result);
    else waiting?.reject(new HomeAssistantRefusal(message.error.code, message.error.message));
  }
}
