import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Node, NodeMessage } from 'node-red';
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
import { register } from '../../nodes/index';

const TYPES = ['oura-account', 'oura-refresh', 'oura-status', ...ENDPOINT_KEYS.map(nodeTypeOf)];
const PATIENCE_MS = 8000;

export interface OuraMessage extends NodeMessage {
  readonly oura: Readonly<Record<string, unknown>>;
  readonly parts?: unknown;
}

interface Spied {
  readonly status: { readonly args: readonly (readonly [string | { readonly text?: string }])[] };
  readonly error: { readonly args: readonly (readonly [string | { readonly code?: unknown }])[] };
}

/** Our nodes in a Node-RED runtime, an account that asks the stand-in over HTTP, and what came out. */
export class FlowRig {
  readonly server: SimulatorServer;
  readonly userDir = mkdtempSync(path.join(os.tmpdir(), 'flow-'));
  readonly messages: OuraMessage[] = [];

  readonly log: string[] = [];
  readonly #http = new AxiosHttp({ userAgent: 'test/1' });
  readonly #runtime: Runtime;

  private constructor(server: SimulatorServer) {
    this.server = server;
    const tell = (message: string): void => {
      this.log.push(message);
    };
    const logger = { error: tell, warn: tell, info: tell, debug: tell };
    const folder = path.join(this.userDir, 'oura');
    this.#runtime = new Runtime({ folder, clock: server.clock, random: systemRandom, logger, http: this.#http });
  }

  static async start(person: SimulatedPersonPort, now: string): Promise<FlowRig> {
    const clock = new MovableClock(systemClock, Date.parse(now) - systemClock.now());
    const server = await SimulatorServer.start({ persons: [person], clock, random: systemRandom, tokens: { 'test-token': { person: 0 } } });
    helper.init(require.resolve('node-red'));
    return new FlowRig(server);
  }

  /** Starts a flow: the account `account`, the nodes given, and an `out` that collects what they send there. */
  async load(nodes: readonly object[], account: object = {}, token = 'test-token'): Promise<void> {
    const flow = [
      {
        id: 'account',
        type: 'oura-account',
        name: 'Ann',
        mode: 'token',
        apiBase: this.server.url,
        historyDays: 3650,
        timezone: 'UTC',
        ...account,
      },
      { id: 'out', type: 'helper' },
      ...nodes,
    ];
    helper.settings({ userDir: this.userDir }); // the typing knows fewer settings than the runtime
    const modules = TYPES.map((type) => (RED: Parameters<typeof register>[0]) => {
      if (type === 'oura-account') registerAccount(RED, this.#runtime);
      else register(RED, type);
    });
    await helper.load(modules, flow as unknown as Parameters<typeof helper.load>[1], {
      account: { accessToken: token },
    }); // the typing leaves out custom properties
    helper.getNode('out').on('input', (msg: NodeMessage) => {
      this.messages.push(msg as OuraMessage); // our nodes send nothing else
    });
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

  async until<T>(what: string, probe: () => T | null | undefined | false): Promise<T> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = probe();
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

  async unload(): Promise<void> {
    await helper.unload();
  }

  async clear(): Promise<void> {
    await this.unload();
    await this.#runtime.shutdown();
    this.#http.close();
    await this.server.close();
    rmSync(this.userDir, { recursive: true, force: true });
  }
}
