import type { EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { MetricKey } from '../catalogue/metrics';
import type { Statistic, StatisticRow } from '../home/statistics/statistic';
import { addDays, daysBetween, earlier, later } from '../sync/local-day';
import { compareRows } from './compare-rows';
import { dayValues, type DayValue } from './day-values';
import { dueDay } from './due-day';
import type { HomeRows, ToWrite } from './home-rows';
import { noonHour } from './noon-hour';
import type { NoonHours } from './noon-hours';
import { keptRow, meanRows, sumRows } from './rows-of';
import type { StatisticReport } from './statistic-report';
import type { Imported, StatisticsLedger } from './statistics-ledger';
import type { FamilyDays, StatisticsSource } from './statistics-source';
import { sumsBefore } from './sums-before';

export interface JobPorts {
  readonly rows: HomeRows;
  readonly source: StatisticsSource;
  readonly ledger: StatisticsLedger;
  /** Ids of the node and of its oura-home node. */
  readonly owner: string;
  readonly home: string;
  /** Hours of days, in the zone of the person's statistics. */
  readonly hours: NoonHours;
  /** Hears of each statistic that is through. */
  readonly onDone: () => void;
}

/** A metric whose statistic shall be in Home Assistant. */
export interface Wanted {
  readonly key: MetricKey;
  readonly statistic: Statistic;
}

/** Statistics of one family and kind that have the same days to look at. */
export interface Job {
  readonly endpoint: EndpointKey;
  readonly kind: Statistic['kind'];
  readonly wanted: readonly Wanted[];
  /** The first day that may differ; null = any may. */
  readonly since: string | null;
  /** The last one; null = any. A sum is looked at to its end. */
  readonly until: string | null;
  /** Days before it are not wanted; empty = all are. */
  readonly start: string;
  /** Where the change log stood when it was read. */
  readonly seq: number;
}

const HOUR_MS = 3_600_000;
const HALF_DAY_MS = 11 * HOUR_MS;
/** How far before the first day the sum so far is looked for at first. */
const NEAR_DAYS = 31;

interface Target extends ToWrite, Wanted {
  /** All rows of the days that are loaded, as far as they were asked for. */
  readonly rows: readonly StatisticRow[];
  /** Day of the first of them. */
  readonly first: string | null;
}

/**
 * Brings some statistics of a family up to date: makes the rows, compares them with what Home Assistant has of these days, sends what
 * differs, and notes it as done when it could be read back. Days outside of what is loaded and kept are left as they are.
 */
export class ImportJob {
  readonly #ports: JobPorts;
  readonly #job: Job;
  readonly #days: FamilyDays;
  #made: Readonly<Record<string, Imported>>;

  constructor(ports: JobPorts, job: Job) {
    this.#ports = ports;
    this.#job = job;
    this.#days = ports.source.days(job.endpoint);
    this.#made = ports.ledger.madeBy(ports.owner, ports.home);
  }

  /** @throws OuraError as HomeRows; the signal's reason */
  async run(signal: AbortSignal): Promise<readonly StatisticReport[]> {
    const { kind, wanted, start, since, until } = this.#job;
    const { from: loaded, isComplete } = this.#days;
    if (loaded === null || (kind === 'sum' && !isComplete)) {
      this.#doubt();
      return this.#report(new Map(), kind === 'sum' && loaded !== null);
    }
    const from = later(loaded, start);
    const due = wanted.map(({ key }) => this.#dueOf(key)).reduce(later);
    const to = until === null || kind === 'sum' ? due : earlier(until, due);
    const compared = later(from, since ?? from);
    if (compared > to) return this.#report(new Map());
    const targets = await this.#targets(kind === 'sum' ? from : compared, to, signal);
    const { toWrite, toReplace } = await this.#compare(targets, compared, to, signal);
    const sent = new Map<string, number>();
    await this.#write(toWrite, sent, signal);
    if (toReplace.length > 0) await this.#replace(toReplace, from, sent, signal);
    if (to >= due) this.#note(targets);
    return this.#report(sent);
  }

  /** What shall be there from a day on. */
  async #targets(from: string, to: string, signal: AbortSignal): Promise<readonly Target[]> {
    const { source, hours } = this.#ports;
    const { endpoint, kind, wanted } = this.#job;
    const keys = wanted.map(({ key }) => key);
    const values = await dayValues(source.store.documents, { endpoint, keys, from, to, countFrom: this.#countFrom(from) }, signal);
    for (const ofKey of values.values()) await hours.prepare(ofKey, signal);
    const before = kind === 'sum' ? await this.#sumsBefore(from, signal) : new Map<string, number>();
    return wanted.map(({ key, statistic }) => {
      const due = this.#dueOf(key);
      const known: readonly DayValue[] = (values.get(key) ?? []).filter(({ day }) => day <= due);
      const rows = kind === 'sum' ? sumRows(known, hours, before.get(statistic.id) ?? 0) : meanRows(known, hours);
      return { key, statistic, rows, first: known[0]?.day ?? null };
    });
  }

  async #compare(
    targets: readonly Target[],
    from: string,
    to: string,
    signal: AbortSignal,
  ): Promise<{ readonly toWrite: readonly ToWrite[]; readonly toReplace: readonly Target[] }> {
    const { rows, hours } = this.#ports;
    const fromMs = hours.of(from) - HALF_DAY_MS;
    const ids = targets.map(({ statistic }) => statistic.id);
    const begins = new Map(ids.map((id) => [id, this.#beginThere(id, from)]));
    const toMs = this.#job.kind === 'sum' ? null : hours.of(to) + HALF_DAY_MS;
    const there = await rows.read(ids, { fromMs: Math.min(...begins.values()), toMs }, daysBetween(from, to) + 1, signal);
    const compared = targets.map((target) => {
      const shall = target.rows.filter(({ start }) => start >= fromMs);
      const { id } = target.statistic;
      const has = (there.get(id) ?? []).filter(({ start }) => start >= (begins.get(id) ?? fromMs));
      return { target, ...compareRows(shall, has) };
    });
    const right = compared.filter(({ surplus }) => surplus.length === 0);
    return {
      toWrite: right
        .filter(({ target, toSend }) => toSend.length > 0 || this.#isRenamed(target.statistic))
        .map(({ target, toSend }) => ({ statistic: target.statistic, rows: toSend })),
      toReplace: compared.filter(({ surplus }) => surplus.length > 0).map(({ target }) => target),
    };
  }

  /** Home Assistant cannot delete one hour: all of the statistic goes, and comes again without it (docs/decisions/0009). */
  async #replace(wanted: readonly Wanted[], from: string, sent: Map<string, number>, signal: AbortSignal): Promise<void> {
    const { rows } = this.#ports;
    const ids = wanted.map(({ statistic }) => statistic.id);
    const begins = new Map(ids.map((id) => [id, this.#beginThere(id, from)]));
    const there = await rows.read(ids, { fromMs: 0, toMs: null }, LIMITS.statisticsPerRead, signal);
    const to = wanted.map(({ key }) => this.#dueOf(key)).reduce(later);
    const targets = await new ImportJob(this.#ports, { ...this.#job, wanted }).#targets(from, to, signal);
    const before = (statistic: Statistic): Imported => this.#made[statistic.id] ?? this.#entryOf(statistic);
    this.#save(wanted.map(({ statistic }) => [statistic.id, { ...before(statistic), seq: null }])); // in the zone of the rows there
    await rows.remove(ids, signal);
    const all = targets.map(({ statistic, rows: own }) => {
      const older = (there.get(statistic.id) ?? []).filter(({ start }) => start < (begins.get(statistic.id) ?? 0));
      return { statistic, rows: [...older.map((row) => keptRow(row, statistic.kind)), ...own] };
    });
    await this.#write(all, sent, signal);
  }

  async #write(all: readonly ToWrite[], sent: Map<string, number>, signal: AbortSignal): Promise<void> {
    const fresh = all.filter(({ statistic }) => this.#made[statistic.id] === undefined);
    this.#save(fresh.map(({ statistic }) => [statistic.id, this.#entryOf(statistic)]));
    await this.#ports.rows.write(all, this.#ports.onDone, signal);
    for (const { statistic, rows: written } of all) sent.set(statistic.id, written.length);
  }

  /** The sum that each statistic had before the first day that is looked at: 0, or what is there of days that are not kept any more. */
  #sumsBefore(from: string, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
    const kept = this.#job.wanted.map(({ statistic }) => statistic).filter((statistic) => (this.#entryOf(statistic).first ?? from) < from);
    const begins = new Map(kept.map(({ id }) => [id, this.#beginThere(id, from)]));
    return sumsBefore(this.#ports.rows, begins, this.#ports.hours.of(addDays(from, -NEAR_DAYS)), signal);
  }

  /**
   * Where a day begins among the rows that are there: they may still be in another zone, up to a day away. Of what this person's nodes have
   * not made nothing is older: it may be of somebody who had the account before.
   */
  #beginThere(id: string, day: string): number {
    const { ledger, owner, home, hours } = this.#ports;
    const known = this.#made[id];
    return known === undefined && !ledger.isShared(owner, home, id) ? 0 : noonHour(day, known?.zone ?? hours.zone) - HALF_DAY_MS;
  }

  /** Days without documents were told as 0 from some day on: that stays so when older documents are not kept any more. */
  #countFrom(from: string): string | null {
    const firsts = this.#job.wanted.map(({ statistic }) => this.#entryOf(statistic).first).filter((first) => first !== null);
    return firsts.length === 0 ? null : later(from, firsts.reduce(earlier));
  }

  #dueOf(key: MetricKey): string {
    const { source, hours } = this.#ports;
    return dueDay(key, this.#days, source.now(), hours);
  }

  #isRenamed({ id, name }: Statistic): boolean {
    const known = this.#made[id];
    return known !== undefined && known.name !== name;
  }

  #entryOf({ id, name }: Statistic): Imported {
    const known = this.#made[id] ?? { seq: null, first: null, through: null };
    return { ...known, zone: this.#ports.hours.zone, start: this.#job.start, name };
  }

  /** Changes pass by unseen for now: all of it has to be compared when it goes on. */
  #doubt(): void {
    const known = this.#job.wanted.flatMap(({ statistic: { id } }) => {
      const entry = this.#made[id];
      return entry === undefined || entry.seq === null ? [] : [[id, { ...entry, seq: null }] as const];
    });
    this.#save(known);
  }

  #note(targets: readonly Target[]): void {
    this.#save(
      targets.map(({ key, statistic, first }) => {
        const before = this.#entryOf(statistic);
        const firsts = [before.first, first].filter((day) => day !== null);
        const entry = { ...before, seq: this.#job.seq, first: firsts.length === 0 ? null : firsts.reduce(earlier) };
        return [statistic.id, { ...entry, through: this.#dueOf(key) }] as const;
      }),
    );
  }

  #save(entries: readonly (readonly [string, Imported])[]): void {
    const { ledger, owner, home } = this.#ports;
    if (entries.length === 0) return;
    ledger.save(owner, home, Object.fromEntries(entries));
    this.#made = ledger.madeBy(owner, home);
  }

  #report(sent: ReadonlyMap<string, number>, waitsForHistory = false): readonly StatisticReport[] {
    const made = this.#made;
    return this.#job.wanted.map(({ key, statistic: { id } }) => ({
      metric: key,
      id,
      from: made[id]?.first ?? null,
      to: made[id]?.through ?? null,
      sent: sent.get(id) ?? 0,
      missing: waitsForHistory ? 'history_incomplete' : this.#days.reason,
    }));
  }
}
