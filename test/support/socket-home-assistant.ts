import { once } from 'node:events';
import { WebSocket } from 'ws';
import { OuraError } from '../../lib/errors/oura-error';
import type { HomeAssistant, HomeAssistantCommand, HomeAssistantFacts } from '../../lib/ports/home-assistant';
import type { HomeServer } from './home-server';

interface Answer {
  readonly id: number;
  readonly type: string;
  readonly success?: boolean;
  readonly result?: unknown;
  readonly error?: { readonly code: string };
}

/** The smallest connection with Home Assistant that keeps the port's rules; connects and disconnects when a test says so. */
export class SocketHomeAssistant implements HomeAssistant {
  facts: HomeAssistantFacts | null = null;
  readonly problem = null;
  readonly #server: HomeServer;
  readonly #listeners = new Set<(facts: HomeAssistantFacts | null) => void>();
  readonly #pending = new Map<number, { readonly command: string; readonly settle: (answer: Answer | null) => void }>();
  #socket: WebSocket | null = null;
  #lastId = 0;

  constructor(server: HomeServer) {
    this.#server = server;
  }

  async connect(): Promise<void> {
    const socket = new WebSocket(`${this.#server.url.replace('http', 'ws')}/api/websocket`);
    const authed = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const answer = JSON.parse(data.toString()) as Answer; // HomeServer sends nothing else
        if (answer.type === 'auth_required') socket.send(JSON.stringify({ type: 'auth', access_token: this.#server.token }));
        if (answer.type === 'auth_ok') resolve();
        if (answer.type === 'result') this.#pending.get(answer.id)?.settle(answer);
      });
    });
    socket.on('close', () => {
      this.#socket = null;
      for (const { settle } of this.#pending.values()) settle(null);
      this.#tell(null);
    });
    await authed;
    this.#socket = socket;
    this.#lastId = 0;
    this.#tell({ version: this.#server.version, isAdmin: this.#server.isAdmin });
  }

  async disconnect(): Promise<void> {
    const socket = this.#socket;
    if (socket === null) return;
    const closed = once(socket, 'close');
    socket.close();
    await closed;
  }

  call(command: HomeAssistantCommand): Promise<unknown> {
    const socket = this.#socket;
    if (socket === null) return Promise.reject(new OuraError('home_away', { host: 'test', reason: 'closed' }));
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      const settle = (answer: Answer | null): void => {
        this.#pending.delete(id);
        if (answer === null) reject(new OuraError('home_away', { host: 'test', reason: 'closed' }));
        else if (answer.success === true) resolve(answer.result);
        else reject(new OuraError('home_refused', { command: command.type, reason: answer.error?.code ?? '' }));
      };
      this.#pending.set(id, { command: command.type, settle });
      socket.send(JSON.stringify({ ...command, id }));
    });
  }

  subscribe(): Promise<() => void> {
    return Promise.reject(new Error('nothing here subscribes'));
  }

  onFacts(listener: (facts: HomeAssistantFacts | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(facts: HomeAssistantFacts | null): void {
    this.facts = facts;
    for (const listener of this.#listeners) listener(facts);
  }
}
