import type { ChangeContext } from '../../ports/documents';
import type { AppendedRows, IncomingRow, Series } from '../../ports/series';
import { numberRows } from '../number-rows';
import { RowCoder } from '../row-coder';
import { rowBody, type CodedRow, type RowShape } from '../row-shape';
import { sameRow } from '../same-row';
import type { MemoryChangeLog } from './change-log';
import { firstIndex } from './first-index';

interface Row {
  readonly time: number;
  readonly ordinal: number;
  readonly shape: RowShape;
  /** The row's own values as a JSON array: a text takes less room than a list. */
  readonly vals: string;
  readonly seq: number;
}

/** Time series in memory: one sorted list of rows per endpoint. */
export class MemorySeries implements Series {
  readonly #log: MemoryChangeLog;
  readonly #rows = new Map<string, readonly Row[]>();
  readonly #coder = new RowCoder();

  constructor(log: MemoryChangeLog) {
    this.#log = log;
  }

  append(endpoint: string, rows: readonly IncomingRow[], context: ChangeContext): AppendedRows | null {
    const stored = this.#of(endpoint);
    const fresh = this.#coded(rows).filter((row) => !isStored(stored, row));
    const [first, last] = [fresh.at(0), fresh.at(-1)];
    if (first === undefined || last === undefined) return null;
    const span = { first: first.time, last: last.time };
    const seq = this.#log.append({ endpoint, kind: 'created', document: null, text: null, previous: null, rows: span, context });
    this.#put(
      endpoint,
      fresh.map((row) => ({ ...row, seq })),
    );
    const change = { seq, endpoint, kind: 'created' as const, id: null, day: null, body: null, previous: null, ...context };
    return { change, rows: fresh.length };
  }

  range(endpoint: string, fromMs: number, toMs: number): readonly IncomingRow[] {
    return between(this.#of(endpoint), fromMs, toMs).map(shown);
  }

  newest(endpoint: string): IncomingRow | null {
    const row = this.#of(endpoint).at(-1);
    return row === undefined ? null : shown(row);
  }

  changedRows(seq: number): readonly IncomingRow[] {
    return this.#changed(seq).map(shown);
  }

  /** Drops rows before this instant. @returns how many */
  prune(endpoint: string, beforeMs: number): number {
    const rows = this.#of(endpoint);
    const count = firstIndex(rows, ({ time }) => time < beforeMs);
    if (count > 0) this.#rows.set(endpoint, rows.slice(count));
    return count;
  }

  /** How many rows there are, by endpoint. */
  counts(): Readonly<Record<string, number>> {
    const filled = [...this.#rows].filter(([, rows]) => rows.length > 0);
    return Object.fromEntries(filled.map(([endpoint, rows]) => [endpoint, rows.length]));
  }

  /** Takes rows of another store, oldest first, each with the seq of the entry that wrote it; nothing is logged. */
  takeOver(endpoint: string, rows: readonly (IncomingRow & { readonly seq: number })[]): void {
    const seqs = rows.map(({ seq }) => seq);
    const coded = this.#coded(rows).map((row, index) => ({ ...row, seq: seqs[index] ?? 0 }));
    this.#put(endpoint, coded);
  }

  #changed(seq: number): readonly Row[] {
    const entry = this.#log.entry(seq);
    const span = entry?.rows ?? null;
    if (entry === null || span === null) return [];
    return between(this.#of(entry.endpoint), span.first, span.last + 1).filter((row) => row.seq === seq);
  }

  #of(endpoint: string): readonly Row[] {
    return this.#rows.get(endpoint) ?? [];
  }

  #coded(rows: readonly IncomingRow[]): readonly Omit<Row, 'seq'>[] {
    return numberRows(rows).map((row) => {
      const { shape, values } = this.#coder.code(row);
      return { time: row.time, ordinal: row.ordinal, shape, vals: JSON.stringify(values) };
    });
  }

  #put(endpoint: string, fresh: readonly Row[]): void {
    this.#rows.set(endpoint, merged(this.#of(endpoint), fresh));
  }
}

function compare(a: Pick<Row, 'time' | 'ordinal'>, b: Pick<Row, 'time' | 'ordinal'>): number {
  return a.time - b.time || a.ordinal - b.ordinal;
}

/** Two sorted lists as one; where both hold the same instant and ordinal, `fresh` wins. */
function merged(stored: readonly Row[], fresh: readonly Row[]): readonly Row[] {
  const [first, last] = [fresh[0], stored.at(-1)];
  if (first === undefined) return stored;
  if (last === undefined || compare(last, first) < 0) return [...stored, ...fresh];
  const kept = firstIndex(stored, (row) => compare(row, first) < 0);
  const result = stored.slice(0, kept);
  let next = kept;
  for (const row of fresh) {
    for (let other = stored[next]; other !== undefined && compare(other, row) < 0; other = stored[next]) {
      result.push(other);
      next += 1;
    }
    const same = stored[next];
    if (same !== undefined && compare(same, row) === 0) next += 1;
    result.push(row);
  }
  return [...result, ...stored.slice(next)];
}

function isStored(stored: readonly Row[], row: Omit<Row, 'seq'>): boolean {
  const same = stored[firstIndex(stored, (other) => compare(other, row) < 0)];
  if (same === undefined || compare(same, row) !== 0) return false;
  return (row.shape === same.shape && row.vals === same.vals) || sameRow(row.time, codedOf(row), codedOf(same));
}

function between(rows: readonly Row[], fromMs: number, toMs: number): readonly Row[] {
  return rows.slice(
    firstIndex(rows, ({ time }) => time < fromMs),
    firstIndex(rows, ({ time }) => time < toMs),
  );
}

function shown(row: Row): IncomingRow {
  return { time: row.time, body: rowBody(row.time, codedOf(row)) };
}

function codedOf({ shape, vals }: Pick<Row, 'shape' | 'vals'>): CodedRow {
  return { shape, values: JSON.parse(vals) as CodedRow['values'] }; // written by `#coded`
}
