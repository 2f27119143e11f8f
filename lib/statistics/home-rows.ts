import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { clearStatistics } from '../home/statistics/clear-statistics';
import { importStatistics } from '../home/statistics/import-statistics';
import { listStatisticIds } from '../home/statistics/list-statistic-ids';
import { readStatistics, type Hours } from '../home/statistics/read-statistics';
import type { ReadRow, Statistic, StatisticRow } from '../home/statistics/statistic';
import type { Clock } from '../ports/clock';
import type { HomeAssistant } from '../ports/home-assistant';
import { compareRows } from './compare-rows';

const HOUR_MS = 3_600_000;

/** What shall be written of one statistic. */
export interface ToWrite {
  readonly statistic: Statistic;
  readonly rows: readonly StatisticRow[];
}

/** Statistics in one Home Assistant: knows which are there, and that what it is handed is written only some time later. */
export class HomeRows {
  readonly #home: HomeAssistant;
  readonly #clock: Clock;
  #known: Set<string> | null = null;

  constructor(home: HomeAssistant, clock: Clock) {
    this.#home = home;
    this.#clock = clock;
  }

  /** Home Assistant is another one from now on, or may have lost something. */
  lookAgain(): void {
    this.#known = null;
  }

  /** Whether Home Assistant has a statistic. @throws OuraError as `listStatisticIds` */
  async has(id: string, signal: AbortSignal): Promise<boolean> {
    this.#known ??= new Set(await listStatisticIds(this.#home, signal));
    return this.#known.has(id);
  }

  /** Rows that are there, read together as far as the answer stays small. @param rowsEach how many rows one may have at most */
  async read(
    ids: readonly string[],
    hours: Hours,
    rowsEach: number,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly ReadRow[]>> {
    const found = new Map<string, readonly ReadRow[]>();
    const there: string[] = [];
    for (const id of ids) if (await this.has(id, signal)) there.push(id);
    const size = Math.max(1, Math.floor(LIMITS.statisticsPerRead / Math.max(1, rowsEach)));
    for (let first = 0; first < there.length; first += size)
      for (const [id, rows] of await readStatistics(this.#home, there.slice(first, first + size), hours, signal)) found.set(id, rows);
    return found;
  }

  /**
   * Writes rows and reads them back until they are there.
   * @throws OuraError statistics_unread after LIMITS.statisticsPatienceMs; as the calls; the signal's reason
   */
  async write(all: readonly ToWrite[], onWritten: () => void, signal: AbortSignal): Promise<void> {
    for (const { statistic, rows } of all) {
      await importStatistics(this.#home, statistic, rows, signal);
      this.#known?.add(statistic.id);
      onWritten();
    }
    await this.#untilThere(
      all.filter(({ rows }) => rows.length > 0),
      signal,
    );
  }

  /** @throws OuraError as `clearStatistics` */
  async clear(ids: readonly string[], signal: AbortSignal): Promise<void> {
    await clearStatistics(this.#home, ids, signal);
    for (const id of ids) this.#known?.delete(id);
  }

  /** Clears and waits until they are gone. @throws OuraError statistics_unread; as the calls; the signal's reason */
  async remove(ids: readonly string[], signal: AbortSignal): Promise<void> {
    if (ids.length === 0) return;
    await this.clear(ids, signal);
    await this.#patiently(async () => {
      const there = await listStatisticIds(this.#home, signal);
      return ids.filter((id) => there.has(id));
    }, signal);
  }

  /** Home Assistant writes in order: first their last rows are looked for, which is little to read, then all of them are compared. */
  async #untilThere(all: readonly ToWrite[], signal: AbortSignal): Promise<void> {
    const tails = all.map(({ statistic, rows }) => ({ statistic, rows: rows.slice(-1) }));
    await this.#patiently(() => this.#missing(tails, signal), signal);
    await this.#patiently(() => this.#missing(all, signal), signal);
  }

  /** Ids of statistics whose rows are not all there. */
  async #missing(all: readonly ToWrite[], signal: AbortSignal): Promise<readonly string[]> {
    if (all.length === 0) return [];
    const starts = all.flatMap(({ rows }) => [rows[0]?.start ?? 0, rows.at(-1)?.start ?? 0]);
    const span = { fromMs: Math.min(...starts), toMs: Math.max(...starts) + HOUR_MS };
    const rowsEach = Math.max(...all.map(({ rows }) => rows.length));
    const ids = all.map(({ statistic }) => statistic.id);
    const there = await this.read(ids, span, rowsEach, signal);
    return all
      .filter(({ statistic, rows }) => compareRows(rows, there.get(statistic.id) ?? []).toSend.length > 0)
      .map(({ statistic }) => statistic.id);
  }

  /** @param look which statistics are not yet as they shall be; each that gets there gives the others their full time again */
  async #patiently(look: () => Promise<readonly string[]>, signal: AbortSignal): Promise<void> {
    let left = await look();
    let end = this.#clock.now() + LIMITS.statisticsPatienceMs;
    let pauseMs: number = LIMITS.statisticsLookFirstMs;
    while (left.length > 0) {
      if (this.#clock.now() >= end) throw new OuraError('statistics_unread', { id: left[0] ?? '' });
      await this.#clock.delay(pauseMs, signal);
      pauseMs = Math.min(2 * pauseMs, LIMITS.statisticsLookMaxMs);
      const now = await look();
      if (now.length < left.length) end = this.#clock.now() + LIMITS.statisticsPatienceMs;
      left = now;
    }
  }
}
