import { systemClock } from '../../../lib/async/system-clock';
import type { EndpointKey } from '../../../lib/catalogue/endpoints';
import { HomeConnection } from '../../../lib/home/websocket/home-connection';
import type { Clock } from '../../../lib/ports/clock';
import type { Body, ChangeContext } from '../../../lib/ports/documents';
import type { PersonStore } from '../../../lib/ports/person-store';
import { importRun, type RunOptions, type RunResult } from '../../../lib/statistics/import-run';
import { HomeRows } from '../../../lib/statistics/home-rows';
import type { Wanted } from '../../../lib/statistics/import-job';
import { StatisticsImporter } from '../../../lib/statistics/statistics-importer';
import { StatisticsLedger } from '../../../lib/statistics/statistics-ledger';
import type { FamilyDays, StatisticsSource } from '../../../lib/statistics/statistics-source';
import { NoonHours } from '../../../lib/statistics/noon-hours';
import { wantedStatistics, type StatisticsChoice } from '../../../lib/statistics/wanted-statistics';
import { createMemorySettings } from '../../../lib/store/memory-settings';
import { createMemoryStore } from '../../../lib/store/memory-store';
import { identifyDocuments, matchByOf } from '../../../lib/sync/identify-documents';
import { HomeServer } from '../../support/home-server';
import { RecorderStandIn } from '../../support/recorder-stand-in';

export const HOME = 'home';
export const NODE = 'node';

interface RigOptions extends Partial<RunOptions>, Partial<StatisticsChoice> {
  readonly owner?: string;
  readonly clock?: Clock;
}

/** A person's local copy that a test fills, and a Home Assistant to import it into. */
export class StatisticsRig implements StatisticsSource {
  readonly server: HomeServer;
  readonly recorder: RecorderStandIn;
  readonly home: HomeConnection;
  readonly settings = createMemorySettings();
  readonly ledger = new StatisticsLedger(this.settings);
  readonly log: string[] = [];
  store: PersonStore = createMemoryStore();
  zone = 'UTC';
  chosenZone = 'UTC';
  /** What is known of every family unless told otherwise. */
  family: FamilyDays = { from: '2026-01-01', isComplete: true, overThrough: '2026-03-31', reason: null };
  readonly families = new Map<EndpointKey, FamilyDays>();
  #now = Date.parse('2026-03-31T18:00:00Z');
  readonly #end = new AbortController();

  private constructor(server: HomeServer) {
    this.server = server;
    this.recorder = new RecorderStandIn(server);
    const tell = (message: string): void => {
      this.log.push(message);
    };
    const logger = { error: tell, warn: tell, info: tell, debug: tell };
    this.home = new HomeConnection(
      { clock: systemClock, logger },
      { url: server.url, token: () => server.token, rejectUnauthorized: true },
    );
  }

  static async start(version = '2026.11.0'): Promise<StatisticsRig> {
    const rig = new StatisticsRig(await HomeServer.start({ version }));
    rig.home.start();
    await rig.connected();
    return rig;
  }

  connected(): Promise<void> {
    return this.#facts((facts) => facts !== null);
  }

  /** Home Assistant starts again. */
  async restart(): Promise<void> {
    await this.server.stop();
    await this.#facts((facts) => facts === null);
    await this.server.startAgain();
    await this.connected();
  }

  async clear(): Promise<void> {
    this.#end.abort();
    await this.home.close();
    await this.server.stop();
  }

  /** Moves the person's clock. */
  set moment(at: string) {
    this.#now = Date.parse(at);
  }

  now(): number {
    return this.#now;
  }

  write(work: (store: PersonStore) => void): void {
    work(this.store);
  }

  days(endpoint: EndpointKey): FamilyDays {
    return this.families.get(endpoint) ?? this.family;
  }

  add(endpoint: EndpointKey, ...bodies: readonly Body[]): this {
    this.store.documents.upsert(endpoint, matchByOf(endpoint), identifyDocuments(endpoint, bodies), this.#context());
    return this;
  }

  drop(endpoint: EndpointKey, id: string): void {
    this.store.documents.delete(endpoint, id, this.#context());
  }

  wanted(choice: Partial<StatisticsChoice> = {}): readonly Wanted[] {
    const usual = { slug: 'anna', deviceName: 'Oura Anna', groups: [], metrics: [], isPublished: () => true, nameOf: (key: string) => key };
    return wantedStatistics({ ...usual, ...choice });
  }

  /** One import of the metrics named. */
  run(metrics: readonly string[], options: RigOptions = {}): Promise<RunResult> {
    const { owner = NODE, clock = systemClock, start = '', again = null, ...choice } = options;
    const rows = new HomeRows(this.home, clock);
    const ports = {
      rows,
      source: this,
      ledger: this.ledger,
      owner,
      home: HOME,
      hours: new NoonHours(this.chosenZone),
      onDone: () => undefined,
    };
    return importRun(ports, this.wanted({ metrics, ...choice }), { start, again }, this.#end.signal);
  }

  importer(options: { readonly wanted?: readonly Wanted[]; readonly owner?: string; readonly clock?: Clock } = {}): StatisticsImporter {
    const { wanted = this.wanted({ metrics: ['sleep_score', 'steps'] }), owner = NODE, clock = systemClock } = options;
    const tell = (message: string): void => {
      this.log.push(message);
    };
    const logger = { error: tell, warn: tell, info: tell, debug: tell };
    const ports = { home: this.home, source: this, ledger: this.ledger, clock, logger };
    return new StatisticsImporter(ports, { owner, homeId: HOME, wanted, start: '' });
  }

  #facts(isThere: (facts: unknown) => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (isThere(this.home.facts)) {
        resolve();
        return;
      }
      const end = this.home.onFacts((facts) => {
        if (!isThere(facts)) return;
        end();
        resolve();
      });
    });
  }

  #context(): ChangeContext {
    return { via: 'poll', historic: false, at: this.#now };
  }
}

/** A daily_sleep document. */
export function sleepDay(day: string, score: number | null): Body {
  return { id: `ds-${day}`, day, score, contributors: {}, timestamp: `${day}T00:00:00+00:00` };
}

/** A daily_activity document. */
export function activityDay(day: string, steps: number): Body {
  return { id: `da-${day}`, day, steps, timestamp: `${day}T04:00:00+00:00` };
}
