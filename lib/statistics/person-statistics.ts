import { Subscribers } from '../async/subscribers';
import type { MetricKey } from '../catalogue/metrics';
import { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { HomeLink } from '../home/home-link';
import type { Logger } from '../ports/logger';
import type { AccountSession } from '../sync/account-session';
import type { PersonHost } from '../sync/person-host';
import type { Wanted } from './import-job';
import { sessionSource } from './session-source';
import { STATISTIC_FAMILIES } from './statistic-keys';
import { StatisticsImporter, type ImporterState, type ImportReport } from './statistics-importer';
import { StatisticsLedger } from './statistics-ledger';
import type { StatisticsOrder } from './statistics-order';
import { wantedStatistics } from './wanted-statistics';

export interface PersonStatisticsPorts {
  readonly session: AccountSession;
  readonly slug: string;
  readonly home: HomeLink;
  readonly logger: Logger;
}

/** What a node's dialog holds. */
export interface StatisticsOptions {
  /** The node's id. */
  readonly owner: string;
  readonly groups: readonly string[];
  readonly metrics: readonly string[];
  /** The first day that is wanted; empty = all are. */
  readonly start: string;
  /** The name of a metric in Home Assistant's language. */
  readonly nameOf: (key: MetricKey) => string;
}

interface Running {
  readonly importer: StatisticsImporter;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What a statistics node does: an importer for the person of its account, whoever that is, as long as the node lives. */
export class PersonStatistics {
  readonly #ports: PersonStatisticsPorts;
  readonly #options: StatisticsOptions;
  readonly states: Subscribers<ImporterState>;
  /** Hears of imports nobody asked for that sent or removed anything. */
  readonly reports: Subscribers<ImportReport>;
  /** What shall be there. */
  readonly wanted: readonly Wanted[];
  readonly #end: () => void;
  #running: Running | null = null;
  #ended: Promise<void> = Promise.resolve();

  /** @throws OuraError home_connection_missing, field_invalid (the first day is none) */
  constructor(ports: PersonStatisticsPorts, options: StatisticsOptions) {
    if (ports.home.homeAssistant === null) throw new OuraError('home_connection_missing');
    if (options.start !== '' && !DAY.test(options.start)) throw new OuraError('field_invalid', { field: 'start' });
    this.#ports = ports;
    this.#options = options;
    this.wanted = wantedOf(ports.session, ports.slug, options);
    const onError = (error: unknown): void => {
      ports.logger.error(`A listener failed: ${toOuraError(error).message}`);
    };
    this.states = new Subscribers(onError);
    this.reports = new Subscribers(onError);
    this.#end = ports.session.withHost((host) => this.#begin(host));
  }

  /** Id of the oura-home node. */
  get home(): string {
    return this.#ports.home.id;
  }

  get state(): ImporterState {
    return this.#running?.importer.state ?? { kind: 'waiting' };
  }

  /**
   * Does what a message asks for.
   * @returns what was imported or removed; null when there is nothing to tell, or another message stopped it
   * @throws OuraError why it cannot be done now; the signal's reason
   */
  async obey(order: StatisticsOrder, signal: AbortSignal): Promise<ImportReport | null> {
    if (this.#running === null) await this.#ports.session.whenEngine(signal);
    const importer = this.#running?.importer;
    if (importer === undefined) throw new OuraError('unexpected', { reason: 'an engine without a person' });
    try {
      if (order.kind === 'remove') return { statistics: [], sent: 0, removed: await importer.remove(signal) };
      if (order.kind === 'import') return await importer.importNow(order.again, signal);
    } catch (cause) {
      if (signal.aborted || !(cause instanceof DOMException)) throw cause;
      return null; // stopped
    }
    importer.stop();
    return null;
  }

  /** Resolves when nothing is under way any more; what was imported stays. */
  async close(): Promise<void> {
    this.#end();
    await this.#ended;
  }

  #begin(host: PersonHost): () => void {
    const { session, home, logger } = this.#ports;
    const { owner, start } = this.#options;
    const { homeAssistant } = home;
    const clock = session.connection?.clock;
    if (homeAssistant === null || clock === undefined) throw new OuraError('unexpected', { reason: 'a person without a connection' });
    const source = sessionSource(session, host, () => clock.now());
    const ledger = new StatisticsLedger(host.settings);
    const options = { owner, homeId: home.id, wanted: this.wanted, start };
    const importer = new StatisticsImporter({ home: homeAssistant, source, ledger, clock, logger }, options);
    const ends = [
      importer.states.add((state) => {
        this.states.tell(state);
      }),
      importer.reports.add((report) => {
        this.reports.tell(report);
      }),
      host.events.add((event) => {
        if (event.type === 'synced' && STATISTIC_FAMILIES.includes(event.endpoint)) importer.wake();
      }),
    ];
    const stop = new AbortController();
    const ended = importer.run(stop.signal).catch((error: unknown) => {
      logger.error(`The import of statistics has stopped: ${toOuraError(error).message}`);
    });
    this.#running = { importer, stop, ended };
    this.#ended = ended;
    return () => {
      for (const end of ends) end();
      stop.abort(new DOMException('The node has stopped.', 'AbortError'));
      this.#running = null;
    };
  }
}

function wantedOf({ config }: AccountSession, slug: string, { groups, metrics, nameOf }: StatisticsOptions): readonly Wanted[] {
  const { families } = config.engine;
  const name = config.name.trim();
  return wantedStatistics({
    slug,
    deviceName: name === '' ? 'Oura' : `Oura ${name}`,
    groups,
    metrics,
    isPublished: (endpoint) => families[endpoint]?.includes('publish') ?? true,
    nameOf,
  });
}
