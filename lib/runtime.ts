import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Application, type ApplicationLimits } from './api/application';
import { Budget } from './api/budget';
import { OuraClient } from './api/oura-client';
import { StaticAccessTokens } from './auth/static-access-tokens';
import { LIMITS } from './catalogue/limits';
import { OuraError } from './errors/oura-error';
import { toOuraError } from './errors/to-oura-error';
import type { Clock } from './ports/clock';
import type { Http } from './ports/http';
import type { Logger } from './ports/logger';
import type { Random } from './ports/random';
import type { Settings } from './ports/settings';
import { startDemo } from './simulator/demo';
import { copyStore } from './store/copy-store';
import { createMemoryStore } from './store/memory-store';
import { openPersonStore } from './store/open-person-store';
import { openSettingsFile } from './store/settings-file';
import type { AccountConfig } from './sync/account-config';
import { AccountIndex } from './sync/account-index';
import { AccountSession } from './sync/account-session';
import type { Connection } from './sync/connection';
import { DeferredSettings } from './sync/deferred-settings';
import { localDay } from './sync/local-day';
import { PersonHost } from './sync/person-host';
import { slugOf, uniqueSlug } from './sync/slug';
import { StoreKeeper } from './sync/store-keeper';

/** What the runtime is given by its host. */
export interface RuntimePorts {
  /** Folder for databases and settings: `<userDir>/oura`. */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly http: Http;
  /** Numbers of each application's limiter; missing = LIMITS. */
  readonly limits?: Partial<ApplicationLimits>;
}

/** A node's hold on an account. */
export interface Lease {
  readonly session: AccountSession;
  /** The account's short name in topics and entity ids; kept when the account is renamed. */
  readonly slug: string;
  /** Gives the hold back; the last one stops the account after a short grace. Calling it twice is harmless. */
  release(): void;
}

interface Entry {
  readonly key: string;
  readonly session: AccountSession;
  readonly slug: string;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  users: number;
  grace: AbortController | null;
}

interface Resident {
  readonly host: PersonHost;
  users: number;
}

/** The one object that outlives a deploy: engines by person, sessions by account, limiters by application, demo servers by seed. */
export class Runtime {
  readonly #ports: RuntimePorts;
  readonly #entries = new Map<string, Entry>();
  readonly #residents = new Map<string, Resident>();
  readonly #applications = new Map<string, Application>();
  readonly #settings = new Map<string, Settings>();
  readonly #index: AccountIndex;

  constructor(ports: RuntimePorts) {
    this.#ports = ports;
    this.#index = new AccountIndex({ personIds: () => this.#personIds(), open: (personId) => this.#settingsOf(personId) });
  }

  /**
   * Takes hold of an account. The same configuration as before goes on without a break;
   * a changed one starts anew when the old one has ended.
   * @param ready when all flows are there: an account that starts now waits for it, so that no reader misses its first changes
   */
  acquire(config: AccountConfig, ready: Promise<void>): Lease {
    const key = JSON.stringify(config);
    const running = this.#entries.get(config.id);
    const entry = running?.key === key && !running.stop.signal.aborted ? running : this.#start(config, key, ready, running);
    entry.grace?.abort();
    entry.grace = null;
    entry.users += 1;
    let held = true;
    const release = (): void => {
      if (held) this.#release(config.id, entry);
      held = false;
    };
    return { session: entry.session, slug: entry.slug, release };
  }

  /** Stops everything now; resolves when nothing is under way any more. */
  async shutdown(): Promise<void> {
    const entries = [...this.#entries.values()];
    for (const { stop, grace } of entries) {
      grace?.abort();
      stop.abort(new DOMException('Node-RED is stopping.', 'AbortError'));
    }
    await Promise.all(entries.map(({ ended }) => ended));
    this.#entries.clear();
  }

  #start(config: AccountConfig, key: string, ready: Promise<void>, before: Entry | undefined): Entry {
    const { logger } = this.#ports;
    before?.stop.abort(new DOMException('The account was changed.', 'AbortError'));
    const others = [...this.#entries.values()].filter(({ session }) => session.config.id !== config.id);
    const wanted = config.slug === '' ? (this.#index.slugOf(config.id) ?? slugOf(config.name)) : slugOf(config.slug);
    const slug = uniqueSlug(wanted, new Set(others.map((other) => other.slug)));
    const stop = new AbortController();
    const session = new AccountSession(
      {
        logger,
        connect: () => this.#connect(config),
        knownPerson: () => this.#knownPerson(config),
        enter: (personId) => this.#enter(personId, config, slug),
        leave: (host) => {
          this.#leave(host);
        },
      },
      config,
    );
    const ended = Promise.all([ready, before?.ended])
      .then(() => session.run(stop.signal))
      .catch((error: unknown) => {
        logger.error(`Account ${config.id} has stopped: ${toOuraError(error).message}`);
      });
    const entry: Entry = { key, session, slug, stop, ended, users: 0, grace: null };
    this.#entries.set(config.id, entry);
    return entry;
  }

  #release(accountId: string, entry: Entry): void {
    entry.users -= 1;
    if (entry.users > 0 || entry.stop.signal.aborted) return;
    const grace = new AbortController();
    entry.grace = grace;
    const end = (): void => {
      entry.stop.abort(new DOMException('The account is not used any more.', 'AbortError'));
      if (this.#entries.get(accountId) === entry) this.#entries.delete(accountId);
    };
    this.#ports.clock.delay(LIMITS.releaseGraceMs, grace.signal).then(end, () => undefined); // aborted: taken up again
  }

  async #connect(config: AccountConfig): Promise<Connection> {
    const { http, random, logger } = this.#ports;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const demo = config.mode === 'demo' ? await startDemo({ seed: config.seed, clock: this.#ports.clock, random, zone }) : null;
    const clock = demo?.clock ?? this.#ports.clock;
    const known = this.#knownPerson(config);
    const settings = new DeferredSettings(known === null ? null : this.#settingsOf(known));
    const dayOf = (ms: number): string => localDay(ms, config.engine.zone === '' ? 'system' : config.engine.zone);
    const budget = new Budget({ limit: config.dailyBudget, settings, key: `budget:${config.id}`, clock, dayOf });
    const client = new OuraClient({
      http,
      clock,
      random,
      logger,
      budget,
      tokens: new StaticAccessTokens(demo?.token ?? (config.mode === 'sandbox' ? 'sandbox' : config.accessToken)),
      application: demo === null ? this.#applicationOf(config.id) : new Application({ clock }),
      base: demo?.url ?? config.apiBase,
      sandbox: config.mode === 'sandbox',
    });
    return {
      client,
      budget,
      clock,
      nextMorning: demo === null ? null : () => demo.nextMorning(),
      onPerson: (personId) => {
        settings.attach(this.#settingsOf(personId));
      },
      close: async () => {
        budget.flush();
        await demo?.close();
      },
    };
  }

  /** A personal access token is an application of its own. */
  #applicationOf(key: string): Application {
    const { clock, limits = {} } = this.#ports;
    const application = this.#applications.get(key) ?? new Application({ clock, limits });
    this.#applications.set(key, application);
    return application;
  }

  #enter(personId: string, config: AccountConfig, slug: string): PersonHost {
    const { folder, clock, logger } = this.#ports;
    const resident = this.#residents.get(personId);
    if (isReal(config)) this.#index.remember(personId, config.id, slug);
    if (resident !== undefined) {
      resident.users += 1;
      logger.info(`Account ${config.id} shares the data of a person with another account.`);
      return resident.host;
    }
    const opened = openPersonStore({ folder, personId, storage: config.storage, clock });
    const toMemory = (failing: Parameters<typeof copyStore>[0]): ReturnType<typeof createMemoryStore> => {
      const memory = createMemoryStore({ firstSeq: failing.changes.head() + 1 });
      copyStore(failing, memory);
      return memory;
    };
    const keeper = new StoreKeeper({ opened, toMemory, logger });
    const host = new PersonHost(personId, keeper, this.#settingsOf(personId), logger);
    this.#residents.set(personId, { host, users: 1 });
    return host;
  }

  #leave(host: PersonHost): void {
    const resident = this.#residents.get(host.personId);
    if (resident === undefined) return;
    resident.users -= 1;
    if (resident.users > 0) return;
    this.#residents.delete(host.personId);
    host.keeper.close();
  }

  /** Made-up persons are not remembered: whoever tries the demo first may choose a real ring later on. */
  #knownPerson(config: AccountConfig): string | null {
    return isReal(config) ? this.#index.personOf(config.id) : null;
  }

  #settingsOf(personId: string): Settings {
    const settings =
      this.#settings.get(personId) ?? openSettingsFile(path.join(this.#ports.folder, `${personId}.settings.json`), this.#ports.logger);
    this.#settings.set(personId, settings);
    return settings;
  }

  #personIds(): readonly string[] {
    try {
      return readdirSync(this.#ports.folder).flatMap((file) => /^([0-9a-f]{12})\.settings\.json$/.exec(file)?.[1] ?? []);
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException; // readdir throws nothing else
      if (code !== 'ENOENT') this.#ports.logger.error(new OuraError('store_unavailable', { reason: code }).message);
      return []; // ENOENT: nothing was ever stored
    }
  }
}

function isReal({ mode }: AccountConfig): boolean {
  return mode === 'token' || mode === 'oauth2';
}
