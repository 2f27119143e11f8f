import type { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import RED, { type Node, type NodeMessage } from 'node-red';
import helper from 'node-red-node-test-helper';
import { systemClock } from '../../lib/async/system-clock';
import { systemRandom } from '../../lib/async/system-random';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { nodeTypeOf } from '../../lib/catalogue/node-type';
import { MovableClock } from '../../lib/simulator/movable-clock';
import { SimulatorServer } from '../../lib/simulator/server/simulator-server';
import type { SimulatedPersonPort } from '../../lib/simulator/types';
import { AxiosHttp } from '../../lib/api/axios-http';
import { Runtime } from '../../lib/runtime';
import { registerAccount } from '../../nodes/account/account';
import { registerWebhook } from '../../nodes/data/webhook';
import { registerEntities } from '../../nodes/home/entities';
import { register } from '../../nodes/index';
import { runtimeParts } from './runtime-parts';

const TYPES = ['oura-account', 'oura-entities', 'oura-refresh', 'oura-status', 'oura-webhook', ...ENDPOINT_KEYS.map(nodeTypeOf)];
/** Nodes of Node-RED that hear how a message ended. */
const CORE = ['24-complete', '25-catch'];
const PATIENCE_MS = 40_000;
const requireCore = createRequire(__filename);

export interface OuraMessage extends NodeMessage {
  readonly oura: Readonly<Record<string, unknown>>;
  readonly parts?: unknown;
}

interface Spied {
  readonly status: { readonly args: readonly (readonly [string | { readonly text?: string }])[] };
  readonly error: { readonly args: readonly (readonly [string | { readonly code?: unknown }])[] };
}

interface Hooks {
  add(name: string, hear: (event: { readonly node: { readonly id: string }; readonly error?: unknown }) => void): void;
  remove(name: string): void;
}

const { hooks: HOOKS } = RED as unknown as { readonly hooks: Hooks }; // the typing leaves it out

const { events: EVENTS } = RED as unknown as { readonly events: EventEmitter }; // as above

/** Our nodes in a Node-RED runtime, an account that asks the stand-in over HTTP, and what came out. */
export class FlowRig {
  readonly server: SimulatorServer;
  readonly userDir = mkdtempSync(path.join(os.tmpdir(), 'flow-'));
  readonly messages: OuraMessage[] = [];

  readonly log: string[] = [];
  /** Further node types. */
  readonly further: ((api: Parameters<typeof register>[0]) => void)[] = [];
  /** Every `done` a node declared, in order, with its error if there was one. */
  readonly completed: { readonly node: string; readonly error: unknown }[] = [];
  readonly #http = new AxiosHttp({ userAgent: 'test/1' });
  readonly #runtime: Runtime;
  /** Listeners of the runtime that were there before; a real one registers our nodes once. */
  readonly #before = EVENTS.listeners('flows:started');

  private constructor(server: SimulatorServer) {
    this.server = server;
    const tell = (message: string): void => {
      this.log.push(message);
    };
    const logger = { error: tell, warn: tell, info: tell, debug: tell };
    const folder = path.join(this.userDir, 'oura');
    const ports = { folder, clock: server.clock, random: systemRandom, logger, http: this.#http };
    this.#runtime = new Runtime({ ...ports, ...runtimeParts(folder, ports) });
  }

  static async start(person: SimulatedPersonPort, now: string): Promise<FlowRig> {
    const clock = new MovableClock(systemClock, Date.parse(now) - systemClock.now());
    const server = await SimulatorServer.start({ persons: [person], clock, random: systemRandom, tokens: { 'test-token': { person: 0 } } });
    helper.init(require.resolve('node-red'));
    return new FlowRig(server);
  }

  /**
   * Starts a flow: the account `account`, the nodes given, and an `out` that collects what they send there.
   * @param account properties of the account node; null = there is none
   * @param credentials besides the token
   */
  async load(nodes: readonly object[], account: object | null = {}, token = 'test-token', credentials: object = {}): Promise<void> {
    const usual = { id: 'account', type: 'oura-account', name: 'Ann', mode: 'token', historyDays: 3650, timezone: 'UTC' };
    const flow = [
      ...(account === null ? [] : [{ ...usual, apiBase: this.server.url, ...account }]),
      { id: 'tab', type: 'tab' },
      ...[{ id: 'out', type: 'helper' }, ...nodes].map((node) => ({ ...node, z: 'tab' })),
    ];
    this.#hear();
    helper.settings({ userDir: this.userDir }); // the typing knows fewer settings than the runtime
    const modules = TYPES.map((type) => (api: Parameters<typeof register>[0]) => {
      if (type === 'oura-account') registerAccount(api, this.#runtime);
      else if (type === 'oura-entities') registerEntities(api, this.#runtime);
      else if (type === 'oura-webhook') registerWebhook(api, this.#runtime);
      else register(api, type);
    });
    const core = CORE.map((name) => requireCore(`@node-red/nodes/core/common/${name}.js`) as (typeof modules)[number]);
    await helper.load([...modules, ...this.further, ...core], flow as unknown as Parameters<typeof helper.load>[1], {
      account: { accessToken: token, ...credentials },
    }); // the typing leaves out custom properties
    helper.getNode('out').on('input', (msg: NodeMessage) => {
      this.messages.push(msg as OuraMessage); // our nodes send nothing else
    });
  }

  get runtime(): Runtime {
    return this.#runtime;
  }

  node(id: string): Node {
    return helper.getNode(id);
  }

  /** Sends a message to a node and waits for the next message that comes out. */
  async ask(id: string, msg: object = {}): Promise<OuraMessage> {
    const before = this.messages.length;
    this.node(id).receive(msg as NodeMessage);
    return await this.until('an answer', () => this.messages[before]);
  }

  async until<T>(what: string, probe: () => T | null | undefined | false | Promise<T | null | undefined | false>): Promise<T> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = await probe();
      if (found !== null && found !== undefined && found !== false) return found;
      if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Texts (in the tests: keys) of the statuses a node has shown so far. */
  statuses(id: string): readonly string[] {
    const { status } = this.node(id) as unknown as Spied; // the helper makes spies of a node's methods
    return status.args.map(([shown]) => (typeof shown === 'object' ? (shown.text ?? '') : ''));
  }

  /** Codes of the errors a node has reported so far. */
  errorCodes(id: string): readonly unknown[] {
    const { error } = this.node(id) as unknown as Spied; // as above
    return error.args.map(([reported]) => (typeof reported === 'object' ? reported.code : reported));
  }

  /** How often a node has declared a message done. */
  doneBy(id: string): number {
    return this.completed.filter(({ node }) => node === id).length;
  }

  #hear(): void {
    HOOKS.remove('*.flow-rig');
    HOOKS.add('onComplete.flow-rig', ({ node, error }) => {
      this.completed.push({ node: node.id, error });
    });
  }

  async unload(): Promise<void> {
    await helper.unload();
    HOOKS.remove('*.flow-rig'); // after the nodes: what they end while they close counts too
  }

  async clear(): Promise<void> {
    await this.unload();
    await this.#runtime.shutdown();
    for (const listener of EVENTS.listeners('flows:started')) {
      if (!this.#before.includes(listener)) EVENTS.removeListener('flows:started', listener as () => void); // our own
    }
    this.#http.close();
    await this.server.close();
    rmSync(this.userDir, { recursive: true, force: true });
  }
}
