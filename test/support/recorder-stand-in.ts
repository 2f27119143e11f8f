import { isVersionAtLeast } from '../../lib/home/is-version-at-least';
import { Refusal, type HomeCommand, type HomeServer } from './home-server';

type Row = Readonly<Record<string, unknown>> & { readonly start: number };

interface Kept {
  metadata: Readonly<Record<string, unknown>>;
  readonly rows: Map<number, Row>;
}

const HOUR_MS = 3_600_000;
const COMMON = ['has_sum', 'name', 'source', 'statistic_id', 'unit_of_measurement'];
const ROW_KEYS = ['start', 'mean', 'min', 'max', 'last_reset', 'state', 'sum'];
const ID = /^(?!_)(?!.*__)[a-z0-9_]+(?<!_):(?!_)(?!.*__)[a-z0-9_]+(?<!_)$/;
const ZONED = /(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The statistics of Home Assistant's recorder as measured on 2024.1.6, 2025.4.4, 2025.12.5 and 2026.11.0: schemas by version, its checks,
 * and that what it is handed is written only later.
 */
export class RecorderStandIn {
  readonly statistics = new Map<string, Kept>();
  /** What it would have written to its log. */
  readonly warnings: string[] = [];
  /** Imports and removals, with how many rows each was. */
  readonly imports: { readonly id: string; readonly rows: number }[] = [];
  readonly cleared: string[] = [];
  readonly #server: HomeServer;
  #queue: (() => void)[] = [];
  #isHeld = false;
  #refused: string | null = null;

  constructor(server: HomeServer) {
    this.#server = server;
    server.on('recorder/import_statistics', (command) => this.#import(command));
    server.on('recorder/clear_statistics', (command) => this.#clear(command));
    server.on('recorder/list_statistic_ids', () => [...this.statistics.values()].map(({ metadata }) => metadata));
    server.on('recorder/statistics_during_period', (command) => this.#read(command));
  }

  /** Nothing is written from now on until `release`, as when the database is busy. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Imports of this statistic are refused from now on; null = of none. */
  refuse(id: string | null): void {
    this.#refused = id;
  }

  release(): void {
    this.#isHeld = false;
    for (const work of this.#queue.splice(0)) work();
  }

  /** The rows it has of a statistic, oldest first. */
  rows(id: string): readonly Row[] {
    return [...(this.statistics.get(id)?.rows.values() ?? [])].toSorted((a, b) => a.start - b.start);
  }

  #later(work: () => void): void {
    this.#queue.push(work);
    setImmediate(() => {
      if (this.#isHeld) return;
      for (const one of this.#queue.splice(0)) one();
    });
  }

  #import({ metadata, stats }: HomeCommand): null {
    this.#checkAdmin();
    if (!isRecord(metadata) || !Array.isArray(stats)) throw new Refusal('invalid_format');
    const isNew = isVersionAtLeast(this.#server.version, '2025.11');
    const keys = Object.keys(metadata).toSorted();
    const allowed = isNew ? [...COMMON, 'has_mean', 'mean_type', 'unit_class'] : [...COMMON, 'has_mean'];
    const needed = isNew ? COMMON : [...COMMON, 'has_mean'];
    if (keys.some((key) => !allowed.includes(key)) || needed.some((key) => !keys.includes(key))) throw new Refusal('invalid_format');
    if (isNew)
      for (const key of ['mean_type', 'unit_class'])
        if (!keys.includes(key)) this.warnings.push(`import without ${key} will stop working in HA Core 2026.11`);
    const id = String(metadata['statistic_id']);
    if (!ID.test(id)) throw new Refusal('home_assistant_error', 'Invalid statistic_id');
    if (id.split(':')[0] !== metadata['source']) throw new Refusal('home_assistant_error', 'Invalid source');
    if (id === this.#refused) throw new Refusal('home_assistant_error', 'Unsupported unit_of_measurement');
    const rows = stats.map((row: unknown) => rowOf(row));
    this.imports.push({ id, rows: rows.length });
    this.#later(() => {
      const kept = this.statistics.get(id) ?? { metadata, rows: new Map<number, Row>() };
      kept.metadata = metadata;
      for (const row of rows) kept.rows.set(row.start, row);
      this.statistics.set(id, kept);
    });
    return null;
  }

  #clear({ statistic_ids: ids }: HomeCommand): null {
    this.#checkAdmin();
    if (!Array.isArray(ids)) throw new Refusal('invalid_format');
    const texts = ids.map(String);
    this.cleared.push(...texts);
    this.#later(() => {
      for (const id of texts) this.statistics.delete(id);
    });
    return null;
  }

  #read({ start_time: start, end_time: end, statistic_ids: ids, period, types }: HomeCommand): Readonly<Record<string, readonly object[]>> {
    if (!Array.isArray(ids) || ids.length === 0 || period !== 'hour' || !Array.isArray(types)) throw new Refusal('invalid_format');
    const from = Date.parse(start as string); // anything else is no time
    const to = end === undefined ? Infinity : Date.parse(end as string); // anything else is no time
    if (Number.isNaN(from) || Number.isNaN(to)) throw new Refusal('invalid_start_time');
    const found = ids.map(String).map((id) => {
      const rows = this.rows(id).filter((row) => row.start >= from && row.start < to);
      const told = rows.map((row) => ({
        start: row.start,
        end: row.start + HOUR_MS,
        ...Object.fromEntries(types.map((type) => [String(type), row[String(type)] ?? null])),
      }));
      return [id, told] as const;
    });
    return Object.fromEntries(found.filter(([, rows]) => rows.length > 0));
  }

  #checkAdmin(): void {
    if (!this.#server.isAdmin) throw new Refusal('unauthorized', 'Unauthorized');
  }
}

function rowOf(row: unknown): Row {
  if (!isRecord(row) || Object.keys(row).some((key) => !ROW_KEYS.includes(key))) throw new Refusal('invalid_format');
  const text = String(row['start']);
  const start = Date.parse(text);
  if (!ZONED.test(text)) throw new Refusal('home_assistant_error', 'Naive timestamp');
  if (Number.isNaN(start) || start % HOUR_MS !== 0) throw new Refusal('home_assistant_error', 'Invalid timestamp');
  for (const [key, value] of Object.entries(row)) if (key !== 'start' && typeof value !== 'number') throw new Refusal('invalid_format');
  return { ...row, start };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
