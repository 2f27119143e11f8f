import { doubling } from '../async/doubling';
import { nextTurn } from '../async/next-turn';
import { Subscribers } from '../async/subscribers';
import { Wakeup } from '../async/wakeup';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { Clock } from '../ports/clock';
import type { HomeAssistant } from '../ports/home-assistant';
import type { Logger } from '../ports/logger';
import { addDays, localDay } from '../sync/local-day';
import { clearMade } from './clear-made';
import { HomeRows } from './home-rows';
import type { Wanted } from './import-job';
import { importRun, type RunOptions } from './import-run';
import { noonHour } from './noon-hour';
import { NoonHours } from './noon-hours';
import type { StatisticReport } from './statistic-report';
import type { StatisticsLedger } from './statistics-ledger';
import type { StatisticsSource } from './statistics-source';
import { zoneForStatistics } from './zone-for-statistics';

export interface ImporterPorts {
  readonly home: HomeAssistant;
  readonly source: StatisticsSource;
  readonly ledger: StatisticsLedger;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface ImporterOptions {
  /** Ids of the node and of its oura-home node. */
  readonly owner: string;
  readonly homeId: string;
  readonly wanted: readonly Wanted[];
  /** The first day that is wanted; empty = all are. */
  readonly start: string;
}

/** What an importer does at the moment. */
export type ImporterState =
  | { readonly kind: 'waiting' | 'stopped' | 'removed' }
  | { readonly kind: 'importing'; readonly percent: number }
  | { readonly kind: 'done'; readonly statistics: number }
  | { readonly kind: 'problem'; readonly error: OuraError };

/** What one import did. */
export interface ImportReport {
  readonly statistics: readonly StatisticReport[];
  /** Rows sent. */
  readonly sent: number;
  /** Ids that were taken away: of another slug, or not wanted any more. */
  readonly removed: readonly string[];
}

/**
 * Keeps the statistics of one person in one Home Assistant equal to the local copy: imports what was never imported, corrects what has
 * changed, waits while Home Assistant is away, and goes on where it was.
 */
export class StatisticsImporter {
  readonly #ports: ImporterPorts;
  readonly #options: ImporterOptions;
  readonly #rows: HomeRows;
  readonly #wakeup = new Wakeup();
  readonly states: Subscribers<ImporterState>;
  /** Hears of each import by itself that sent or removed anything. */
  readonly reports: Subscribers<ImportReport>;
  #state: ImporterState = { kind: 'waiting' };
  #turn: Promise<unknown> = Promise.resolve();
  #stop = new AbortController();
  #ending: AbortSignal | null = null;
  #isStopped = false;
  #failures = 0;

  constructor(ports: ImporterPorts, options: ImporterOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#rows = new HomeRows(ports.home, ports.clock);
    const onError = (error: unknown): void => {
      ports.logger.error(`A listener failed: ${toOuraError(error).message}`);
    };
    this.states = new Subscribers(onError);
    this.reports = new Subscribers(onError);
  }

  get state(): ImporterState {
    return this.#state;
  }

  /** Something may have changed: looks soon. */
  wake(): void {
    this.#wakeup.wake();
  }

  /** Runs until the signal is aborted; resolves when nothing is under way any more. */
  async run(signal: AbortSignal): Promise<void> {
    const { home, clock } = this.#ports;
    this.#ending = signal;
    const end = home.onFacts(() => {
      this.#rows.lookAgain();
      this.wake();
    });
    try {
      while (!signal.aborted) {
        const nextAt = await this.#byItself(signal);
        await this.#wakeup.waitUntil(nextAt, clock, signal).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
      }
    } finally {
      end();
      await this.#turn.catch(() => undefined); // whoever asked for it hears of it
    }
  }

  /**
   * Imports now, also after a stop or a removal.
   * @param again days to compare with Home Assistant whether or not they changed; null = what has changed
   * @throws OuraError home_away, home_not_admin …; the signal's reason; an AbortError when it was stopped
   */
  importNow(again: RunOptions['again'], signal: AbortSignal): Promise<ImportReport> {
    const { ledger } = this.#ports;
    if (this.#isStopped || ledger.isOff(this.#options.owner)) this.wake(); // what follows by itself has been resting
    this.#isStopped = false;
    ledger.turnOff(this.#options.owner, false);
    return this.#inTurn(() => this.#import(again, signal));
  }

  /** Ends what is under way. It goes on with the next message or start. */
  stop(): void {
    this.#isStopped = true;
    this.#abort();
    this.#tell({ kind: 'stopped' });
  }

  /**
   * Takes away all that this node has imported, and imports nothing until it is asked to.
   * @returns ids of what was taken away
   * @throws OuraError home_away, statistics_unread …; the signal's reason
   */
  remove(signal: AbortSignal): Promise<readonly string[]> {
    const { ledger } = this.#ports;
    const { owner, homeId: home } = this.#options;
    ledger.turnOff(owner, true);
    this.#abort();
    return this.#inTurn(async () => {
      this.#checkHome();
      this.#rows.lookAgain();
      const made = { ledger, owner, home };
      const removed = await clearMade(made, Object.keys(ledger.madeBy(owner, home)), this.#rows, signal);
      this.#tell({ kind: 'removed' });
      return removed;
    });
  }

  /** @returns when to look again, epoch ms */
  async #byItself(signal: AbortSignal): Promise<number> {
    const { home, clock, logger, ledger } = this.#ports;
    if (this.#isStopped) return Infinity;
    if (ledger.isOff(this.#options.owner)) {
      this.#tell({ kind: 'removed' });
      return Infinity;
    }
    if (home.facts === null) {
      this.#tell(home.problem === null ? { kind: 'waiting' } : { kind: 'problem', error: toOuraError(home.problem) });
      return Infinity;
    }
    try {
      const report = await this.#inTurn(() => this.#import(null, signal));
      if (report.sent > 0 || report.removed.length > 0) this.reports.tell(report);
      this.#failures = 0;
      return this.#nextNoon();
    } catch (cause) {
      if (signal.aborted || cause instanceof DOMException) return Infinity; // stopped
      const error = toOuraError(cause);
      if (this.#failures === 0) logger.warn(error.message);
      this.#failures += 1;
      this.#tell({ kind: 'problem', error });
      return clock.now() + doubling(LIMITS.statisticsRetryFirstMs, LIMITS.statisticsRetryMaxMs, this.#failures - 1);
    }
  }

  async #import(again: RunOptions['again'], caller: AbortSignal): Promise<ImportReport> {
    const { source, ledger } = this.#ports;
    const { owner, homeId: home, wanted, start } = this.#options;
    this.#checkHome();
    this.#rows.lookAgain(); // somebody may have taken statistics away there
    const zone = zoneForStatistics(source, ledger);
    if (zone === null) {
      this.#tell({ kind: 'waiting' });
      return { statistics: [], sent: 0, removed: [] };
    }
    const signal = AbortSignal.any([caller, this.#stop.signal, ...(this.#ending === null ? [] : [this.#ending])]);
    await nextTurn(); // what came together is looked at together
    let done = 0;
    const onDone = (): void => {
      done += 1;
      this.#tell({ kind: 'importing', percent: Math.min(99, Math.floor((100 * done) / Math.max(1, wanted.length))) });
    };
    const ports = { rows: this.#rows, source, ledger, owner, home, hours: new NoonHours(zone), onDone };
    const { statistics, errors } = await importRun(ports, wanted, { start, again }, signal);
    const ids = new Set(wanted.map(({ statistic }) => statistic.id));
    const unwanted = Object.keys(ledger.madeBy(owner, home)).filter((id) => !ids.has(id));
    const removed = errors.length > 0 ? [] : await clearMade({ ledger, owner, home }, unwanted, this.#rows, signal);
    const [error] = errors;
    if (error !== undefined && again === null) throw error;
    this.#tell(
      error === undefined
        ? { kind: 'done', statistics: statistics.filter(({ from }) => from !== null).length }
        : { kind: 'problem', error },
    );
    return { statistics, sent: statistics.reduce((sum, { sent }) => sum + sent, 0), removed };
  }

  /** @throws OuraError why nothing can be asked of Home Assistant */
  #checkHome(): void {
    const { facts, problem } = this.#ports.home;
    if (facts === null) throw problem ?? new OuraError('home_away', { host: 'Home Assistant', reason: 'connecting' });
    if (!facts.isAdmin) throw new OuraError('home_not_admin');
  }

  #nextNoon(): number {
    const { source, ledger } = this.#ports;
    const now = source.now();
    const zone = ledger.zone ?? source.zone;
    const today = localDay(now, zone);
    const noon = noonHour(today, zone);
    return noon > now ? noon : noonHour(addDays(today, 1), zone);
  }

  #abort(): void {
    this.#stop.abort(new DOMException('The import was stopped.', 'AbortError'));
    this.#stop = new AbortController();
  }

  /** One thing at a time. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined); // whoever asked for it hears of it
    return turn;
  }

  #tell(state: ImporterState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.states.tell(state);
  }
}
