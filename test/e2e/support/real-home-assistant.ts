import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findInstalled, type Installed } from '../../../scripts/home-assistant/installed';
import { startCommand } from '../../../scripts/home-assistant/start-command';
import type { Wanted } from '../../../scripts/home-assistant/versions';
import { addIntegration } from './add-integration';
import { complaintsOf } from './home-assistant-log';
import { HomeAssistantRest } from './home-assistant-rest';
import { HomeAssistantRefusal, HomeAssistantSocket, type SocketCommand } from './home-assistant-socket';
import type { Device, EntityState, RegistryEntry } from './home-assistant-types';
import { isHarmless } from './is-harmless';
import { lastingPort } from './lasting-port';
import { onboard } from './onboard';
import { OwnProgram } from './own-program';
import { until, type Missing } from './until';
import { writeConfiguration } from './write-configuration';

const BOOT_MS = 180_000;

/** A subscription that is made anew after a restart. */
interface Subscription {
  readonly command: SocketCommand;
  readonly listener: (event: unknown) => void;
}

/** A real Home Assistant with settings and a port of its own, and an owner who is signed in. */
export class RealHomeAssistant {
  readonly url: string;
  readonly rest: HomeAssistantRest;
  /** All that it has said since its first start. */
  readonly lines: string[] = [];
  readonly #installed: Installed;
  readonly #folder: string;
  readonly #subscriptions: Subscription[] = [];
  #program: OwnProgram | null = null;
  #socket: HomeAssistantSocket | null = null;
  #token = '';

  private constructor(installed: Installed, url: string, folder: string) {
    this.#installed = installed;
    this.url = url;
    this.rest = new HomeAssistantRest(url);
    this.#folder = folder;
  }

  /**
   * Resolves when it has started and its first dialogs are done.
   * @param timeZone of the home, such as `Europe/Berlin`
   * @throws Error when it is not installed, or does not start
   */
  static async start(wanted: Wanted, { timeZone = 'UTC' }: { readonly timeZone?: string } = {}): Promise<RealHomeAssistant> {
    const installed = findInstalled(wanted);
    if (installed === null) throw new Error(`Home Assistant ${wanted} is not installed: npm run test:e2e does that.`);
    const port = await lastingPort();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'home-assistant-'));
    writeConfiguration(folder, port, timeZone);
    const homeAssistant = new RealHomeAssistant(installed, `http://127.0.0.1:${port}`, folder);
    await homeAssistant.#launch();
    homeAssistant.#token = await onboard(homeAssistant.rest, () => homeAssistant.tail());
    await homeAssistant.#connect();
    return homeAssistant;
  }

  /** Its version, such as `2026.11.0`. */
  get version(): string {
    return this.#installed.version;
  }

  /** A token of the owner, for whoever signs in to it. */
  get token(): string {
    return this.#token;
  }

  /** The file of its recorder, SQLite. */
  get recorded(): string {
    return path.join(this.#folder, 'home-assistant_v2.db');
  }

  /** Whether it is at least of this release. */
  isSince(year: number, month: number): boolean {
    const [ownYear = 0, ownMonth = 0] = this.version.split('.').map(Number);
    return ownYear > year || (ownYear === year && ownMonth >= month);
  }

  /** Adds the MQTT integration. Resolves when it has said at the broker that it is there. */
  async addMqtt(mosquitto: { readonly port: number; message(topic: string): Promise<unknown> }): Promise<void> {
    await addIntegration(this.rest, 'mqtt', {
      broker: '127.0.0.1',
      port: mosquitto.port,
      protocol: '5',
      other_settings: { set_client_cert: false, set_ca_cert: 'off', transport: 'tcp' },
    });
    await mosquitto.message('homeassistant/status');
  }

  /** @throws HomeAssistantRefusal when Home Assistant says no */
  send<T>(command: SocketCommand): Promise<T> {
    return this.#connected.send<T>(command);
  }

  /** Calls a service, now named action. @throws HomeAssistantRefusal when Home Assistant says no */
  async act(domain: string, service: string, data: object = {}, target: object = {}): Promise<void> {
    await this.send({ type: 'call_service', domain, service, service_data: data, target });
  }

  /** Calls a service that answers. @throws HomeAssistantRefusal when Home Assistant says no */
  async query<T>(domain: string, service: string, data: object = {}): Promise<T> {
    const command = { type: 'call_service', domain, service, service_data: data, return_response: true };
    return (await this.send<{ readonly response: T }>(command)).response;
  }

  states(): Promise<readonly EntityState[]> {
    return this.send({ type: 'get_states' });
  }

  /** @returns null when the entity has no state: there is none, or it is disabled */
  async state(entityId: string): Promise<EntityState | null> {
    const { status, body } = await this.rest.ask('GET', `/api/states/${entityId}`);
    return status === 200 ? (body as EntityState) : null; // Home Assistant's documented shape
  }

  /** Waits for anything else. @throws Error with the end of what Home Assistant said */
  until<T>(what: string, probe: () => T | Missing | Promise<T | Missing>): Promise<T> {
    return until(what, probe, { tell: () => this.tail() });
  }

  /** Waits until an entity's state is as wanted. */
  untilState(entityId: string, wanted: string | ((state: EntityState) => boolean), patienceMs?: number): Promise<EntityState> {
    let last: EntityState | null = null;
    const matches = typeof wanted === 'string' ? (state: EntityState) => state.state === wanted : wanted;
    const probe = async (): Promise<EntityState | false> => {
      last = await this.state(entityId);
      return last !== null && matches(last) && last;
    };
    const tell = (): string => `it is ${JSON.stringify(last)}`;
    return until(`the state of ${entityId}`, probe, { tell, ...(patienceMs !== undefined && { patienceMs }) });
  }

  /** Registered entities, disabled ones too. */
  entities(): Promise<readonly RegistryEntry[]> {
    return this.send({ type: 'config/entity_registry/list' });
  }

  /** Waits until an entity of that `unique_id` is registered. */
  untilRegistered(uniqueId: string): Promise<RegistryEntry> {
    return until(`an entity ${uniqueId}`, async () => (await this.entities()).find((one) => one.unique_id === uniqueId));
  }

  /** Changes a registered entity as a person does in its settings, such as `{ disabled_by: null }` to enable it. */
  async changeEntity(entityId: string, change: object): Promise<void> {
    await this.send({ type: 'config/entity_registry/update', entity_id: entityId, ...change });
  }

  devices(): Promise<readonly Device[]> {
    return this.send({ type: 'config/device_registry/list' });
  }

  /** Collects events of a type from now on, over restarts too. */
  events(type: string): Promise<readonly { readonly data: Readonly<Record<string, unknown>> }[]> {
    return this.collect({ type: 'subscribe_events', event_type: type });
  }

  /** Collects what a command answers with, from now on, over restarts too. */
  async collect<T>(command: SocketCommand): Promise<readonly T[]> {
    const found: T[] = [];
    const listener = (event: unknown): void => {
      found.push(event as T); // the caller names Home Assistant's documented shape
    };
    await this.#connected.subscribe(command, listener);
    this.#subscriptions.push({ command, listener });
    return found;
  }

  /**
   * Warnings and errors, without those that this set-up has anyway.
   * @param after how many lines are left out: `lines.length` of an earlier moment
   */
  complaints(after = 0): readonly string[] {
    const entries = complaintsOf(this.lines.slice(after)).filter((entry) => !isHarmless(entry));
    return entries.map(({ level, logger, text }) => `${level} [${logger}] ${text}`);
  }

  /** The end of what it said. */
  tail(): string {
    return this.lines.slice(-25).join('\n');
  }

  /** Ends it; settings and port stay. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.#socket?.close();
    this.#socket = null;
    await this.#program?.end(signal);
  }

  /** Starts it after `stop`. Resolves when all of it runs. */
  async startAgain(): Promise<void> {
    await this.#launch();
    const isUp = (): Promise<boolean> =>
      this.rest.ask('GET', '/api/config').then(
        ({ status }) => status === 200,
        () => false,
      );
    await until('Home Assistant to answer', isUp, { patienceMs: BOOT_MS, tell: () => this.tail() });
    await this.#connect();
    for (const { command, listener } of this.#subscriptions) await this.#connected.subscribe(command, listener);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.startAgain();
  }

  async clear(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #connected(): HomeAssistantSocket {
    if (this.#socket === null) throw new Error('Home Assistant is stopped');
    return this.#socket;
  }

  async #launch(): Promise<void> {
    this.#program = await OwnProgram.start(startCommand(this.#installed, this.#folder), {}, this.lines);
  }

  async #connect(): Promise<void> {
    this.#socket = await HomeAssistantSocket.connect(this.url, this.#token);
    const isRunning = async (): Promise<boolean> =>
      (await this.rest.call<{ readonly state: string }>('GET', '/api/config')).state === 'RUNNING';
    await until('Home Assistant to run', isRunning, { patienceMs: BOOT_MS, tell: () => this.tail() });
    // Five minutes after its first start, a newer one goes back to port 8123 unless the new port is confirmed. An older one does not
    // know the command.
    await this.send({ type: 'http/config/promote' }).catch((cause: unknown) => {
      if (!(cause instanceof HomeAssistantRefusal)) throw cause;
    });
  }
}
