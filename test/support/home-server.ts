import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

export interface HomeCommand {
  readonly id: number;
  readonly type: string;
  readonly [key: string]: unknown;
}

/** What a handler refuses with, as Home Assistant does. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message = code) {
    super(message);
    this.code = code;
  }
}

/** A client's connection as a handler sees it. */
export interface HomeClient {
  /** Tells an event on the id of the command that subscribed. */
  tell(id: number, event: unknown): void;
  /** @param end called once when the client goes or unsubscribes from `id` */
  onEnd(id: number, end: () => void): void;
}

/** @returns the result. @throws Refusal */
export type HomeHandler = (command: HomeCommand, client: HomeClient) => unknown;

export interface HomeServerOptions {
  readonly version?: string;
  readonly token?: string;
  readonly isAdmin?: boolean;
  /** `STARTING` as Home Assistant is while it starts. */
  readonly state?: string;
  readonly components?: readonly string[];
  /** Key and certificate, then it speaks https. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Where the interface is; `/api/websocket`. */
  readonly path?: string;
}

/**
 * Home Assistant's WebSocket interface without Home Assistant: signing in, ids that must rise, results, bus events, services. Everything
 * else is a handler's; a command nobody handles is refused with `unknown_command`, as Home Assistant does.
 */
export class HomeServer {
  /** What lets a client in. */
  token: string;
  readonly commands: HomeCommand[] = [];
  readonly calls: Readonly<Record<string, unknown>>[] = [];
  version: string;
  state: string;
  components: readonly string[];
  isAdmin: boolean;
  /** Whether clients are greeted never, as a Home Assistant that hangs does. */
  holdsGreeting = false;
  /** How many connections were made. */
  connections = 0;
  readonly #handlers = new Map<string, HomeHandler>();
  readonly #subscribers = new Set<{ readonly type: string | undefined; readonly tell: (event: unknown) => void }>();
  readonly #tls: HomeServerOptions['tls'];
  readonly #path: string;
  #port = 0;
  #http: Server | null = null;
  #sockets: WebSocketServer | null = null;
  #waiting: { readonly isThere: () => boolean; readonly resolve: () => void }[] = [];

  private constructor({ version, token, isAdmin, state, components, tls, path }: HomeServerOptions) {
    this.#tls = tls;
    this.#path = path ?? '/api/websocket';
    this.version = version ?? '2026.11.0';
    this.token = token ?? 'home-token';
    this.isAdmin = isAdmin ?? true;
    this.state = state ?? 'RUNNING';
    this.components = components ?? ['api', 'recorder'];
    this.on('supported_features', () => null);
    this.on('auth/current_user', () => ({ id: 'user', name: 'Test', is_admin: this.isAdmin, is_owner: this.isAdmin }));
    this.on('get_config', () => ({ version: this.version, state: this.state, components: this.components, time_zone: 'UTC' }));
    this.on('subscribe_events', ({ id, event_type: type }, client) => {
      const subscriber = {
        type: type as string | undefined, // Home Assistant checks it; our commands are typed
        tell: (event: unknown) => {
          client.tell(id, event);
        },
      };
      this.#subscribers.add(subscriber);
      client.onEnd(id, () => this.#subscribers.delete(subscriber));
      return null;
    });
    this.on('fire_event', ({ event_type: type, event_data: data }) => {
      if (!this.isAdmin) throw new Refusal('unauthorized');
      this.fire(String(type), data);
      return { context: { id: 'context' } };
    });
    this.on('call_service', ({ id: _id, type: _type, ...call }) => {
      this.calls.push(call);
      return { context: { id: 'context' }, response: null };
    });
  }

  static async start(options: HomeServerOptions = {}): Promise<HomeServer> {
    const server = new HomeServer(options);
    await server.startAgain();
    return server;
  }

  /** `http://127.0.0.1:<port>`; the same again after `stop` and `startAgain`. */
  get url(): string {
    return `${this.#tls === undefined ? 'http' : 'https'}://127.0.0.1:${this.#port}`;
  }

  on(type: string, handler: HomeHandler): void {
    this.#handlers.set(type, handler);
  }

  /** Tells a bus event to whoever subscribed to it. */
  fire(type: string, data: unknown = {}): void {
    for (const subscriber of this.#subscribers) {
      if (subscriber.type === undefined || subscriber.type === type) subscriber.tell({ event_type: type, data, origin: 'REMOTE' });
    }
    this.#look();
  }

  /** Sends a text to every client as it is. */
  sendRaw(text: string): void {
    for (const socket of this.#sockets?.clients ?? []) socket.send(text);
  }

  /** Reads nothing any more of the clients that are there, not even their goodbye. */
  freeze(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.pause();
  }

  /** Resolves when something the server can see is so. */
  until(isThere: () => boolean): Promise<void> {
    if (isThere()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ isThere, resolve }));
  }

  /** Clients connected now. */
  get clients(): number {
    return [...(this.#sockets?.clients ?? [])].length;
  }

  /** Ends every connection, as a restart does; new ones are taken. */
  dropAll(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.terminate();
  }

  async stop(): Promise<void> {
    this.dropAll();
    this.#sockets?.close();
    const closed = this.#http === null ? null : once(this.#http, 'close');
    this.#http?.close();
    this.#http?.closeAllConnections();
    await closed;
    this.#http = null;
  }

  async startAgain(): Promise<void> {
    const notFound: RequestListener = (_request, response) => response.writeHead(404).end();
    const http = this.#tls === undefined ? createServer(notFound) : createTlsServer(this.#tls, notFound);
    this.#sockets = new WebSocketServer({ server: http, path: this.#path });
    this.#sockets.on('connection', (socket) => {
      this.connections += 1;
      this.#serve(socket);
      this.#look();
    });
    http.listen(this.#port, '127.0.0.1');
    await once(http, 'listening');
    this.#port = (http.address() as AddressInfo).port; // a TCP server's address is never a string
    this.#http = http;
  }

  #serve(socket: WebSocket): void {
    const ends = new Map<number, () => void>();
    const send = (message: object): void => {
      socket.send(JSON.stringify(message));
    };
    const client: HomeClient = {
      tell: (id, event) => {
        send({ id, type: 'event', event });
      },
      onEnd: (id, end) => ends.set(id, end),
    };
    let isIn = false;
    let lastId = 0;
    socket.on('close', () => {
      for (const end of ends.values()) end();
      this.#look();
    });
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as HomeCommand & { readonly access_token?: string };
      if (!isIn) {
        isIn = message.type === 'auth' && message.access_token === this.token;
        send(isIn ? { type: 'auth_ok', ha_version: this.version } : { type: 'auth_invalid', message: 'Invalid access token or password' });
        if (!isIn) socket.close();
        return;
      }
      if (message.id <= lastId) {
        send({
          id: message.id,
          type: 'result',
          success: false,
          error: { code: 'id_reuse', message: 'Identifier values have to increase.' },
        });
        return;
      }
      lastId = message.id;
      this.commands.push(message);
      if (message.type === 'ping') send({ id: message.id, type: 'pong' });
      else if (message.type === 'unsubscribe_events') {
        const subscription = Number(message['subscription']);
        ends.get(subscription)?.();
        ends.delete(subscription);
        send({ id: message.id, type: 'result', success: true, result: null });
      } else void this.#answer(message, client, send);
      this.#look();
    });
    if (!this.holdsGreeting) send({ type: 'auth_required', ha_version: this.version });
  }

  async #answer(message: HomeCommand, client: HomeClient, send: (message: object) => void): Promise<void> {
    const { id, type } = message;
    try {
      const handler = this.#handlers.get(type);
      if (handler === undefined) throw new Refusal('unknown_command', 'Unknown command.');
      send({ id, type: 'result', success: true, result: (await handler(message, client)) ?? null });
    } catch (cause) {
      const error = cause instanceof Refusal ? cause : new Refusal('unknown_error', 'Unknown error');
      send({ id, type: 'result', success: false, error: { code: error.code, message: error.message } });
    }
    this.#look();
  }

  #look(): void {
    const ready = this.#waiting.filter(({ isThere }) => isThere());
    this.#waiting = this.#waiting.filter((one) => !ready.includes(one));
    for (const { resolve } of ready) resolve();
  }
}
