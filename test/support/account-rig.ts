import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxiosHttp } from '../../lib/api/axios-http';
import { nextTurn } from '../../lib/async/next-turn';
import { systemRandom } from '../../lib/async/system-random';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { Runtime, type Lease } from '../../lib/runtime';
import type { SimulatorServer } from '../../lib/simulator/server/simulator-server';
import { accountConfig, type AccountCredentials } from '../../lib/sync/account-config';
import type { EngineEvent } from '../../lib/sync/engine-events';
import type { PersonEngine } from '../../lib/sync/person-engine';
import type { TokenRequests } from '../../lib/auth/token-requests';
import { dailyActivity } from './days';
import { runtimeParts } from './runtime-parts';

const PATIENCE_MS = 40_000;

/** An account at work against the stand-in: real HTTP, real database, the stand-in's clock. */
export class AccountRig {
  readonly folder: string;
  readonly runtime: Runtime;
  readonly server: SimulatorServer;
  /** Accounts of the flows that may not run at the moment. */
  readonly inFlows = new Set<string>();
  readonly log: string[] = [];
  readonly events: EngineEvent[] = [];
  readonly #http = new AxiosHttp({ userAgent: 'test/1' });

  /** @param requestsIn who asks for tokens, given the folder; missing = this process */
  constructor(server: SimulatorServer, folder?: string, requestsIn?: (folder: string) => TokenRequests) {
    this.server = server;
    this.folder = folder ?? mkdtempSync(path.join(os.tmpdir(), 'oura-'));
    const tell = (level: string) => (message: string) => {
      this.log.push(`${level} ${message}`);
    };
    const logger = { error: tell('error'), warn: tell('warn'), info: tell('info'), debug: tell('debug') };
    const ports = {
      folder: this.folder,
      clock: server.clock,
      random: { next: () => 0.5, bytes: systemRandom.bytes },
      logger,
      http: this.#http,
    };
    this.runtime = new Runtime({
      ...ports,
      ...runtimeParts(this.folder, ports, () => this.inFlows),
      ...(requestsIn && { tokenRequests: requestsIn(this.folder) }),
    });
  }

  acquire(properties: object = {}, token: string | Partial<AccountCredentials> = 'demo-token'): Lease {
    const config = accountConfig(
      { id: 'account-1', name: 'Ann', mode: 'token', apiBase: this.server.url, historyDays: 30, ...properties },
      typeof token === 'string' ? { accessToken: token } : token,
    );
    const lease = this.runtime.acquire(config, Promise.resolve());
    lease.session.events.add((event) => {
      this.events.push(event);
    });
    return lease;
  }

  /** Waits, letting the event loop run, until something holds. The stand-in's clock stands still meanwhile. */
  async until<T>(what: string, probe: () => T | null | undefined | false): Promise<T> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = probe();
      if (found !== null && found !== undefined && found !== false) return found;
      if (performance.now() > end) throw new Error(`waited in vain: ${what}\n${this.log.slice(-8).join('\n')}`);
      await nextTurn();
    }
  }

  engine(lease: Lease): Promise<PersonEngine> {
    return this.until('an engine', () => lease.session.host?.engine);
  }

  /** Waits until every family of the account has been read once, and its history too. */
  async loaded(lease: Lease): Promise<PersonEngine> {
    const engine = await this.engine(lease);
    await this.until('all loaded', () => engine.state.kind === 'connected');
    return engine;
  }

  /** Moves the clock in small steps until something holds: retries and polls need time to pass. */
  async passing<T>(what: string, stepMs: number, probe: () => T | null | undefined | false): Promise<T> {
    for (let step = 0; step < 400; step += 1) {
      for (let turn = 0; turn < 40; turn += 1) {
        const found = probe();
        if (found !== null && found !== undefined && found !== false) return found;
        await nextTurn();
      }
      this.server.control.advance(stepMs);
    }
    throw new Error(`time passed in vain: ${what}\n${this.log.slice(-8).join('\n')}`);
  }

  /** The same while the ring syncs with every step. */
  worn<T>(what: string, stepMs: number, probe: () => T | null | undefined | false): Promise<T> {
    let synced = 0;
    return this.passing(what, stepMs, () => {
      const now = this.server.control.now;
      if (now !== synced)
        this.server.control.put('daily_activity', dailyActivity(new Date(now).toISOString().slice(0, 10), now % 1_000_000).body);
      synced = now;
      return probe();
    });
  }

  requestsTo(endpoint: EndpointKey): readonly { readonly path: string; readonly query: unknown }[] {
    return this.server.control.requests().filter(({ path: asked }) => asked.endsWith(`/${endpoint}`));
  }

  async stop(): Promise<void> {
    await this.runtime.shutdown();
    this.#http.close();
  }

  async clear(): Promise<void> {
    await this.stop();
    await this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
