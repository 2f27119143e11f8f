import type { Change } from '../../ports/change-log';
import type { Body, ChangeContext } from '../../ports/documents';
import type { IncomingRow, Series } from '../../ports/series';
import type { ChangeSink } from '../change-sink';
import { numberRows } from '../number-rows';
import { codedRow, rowBody, type CodedRow, type RowShape } from '../row-shape';
import { sameRow } from '../same-row';
import { column, type SqlRow } from './column';
import type { Database } from './database';
import type { Interned } from './interned';
import type { Statement } from './statement';

const WRITE = `INSERT INTO series (endpoint, time, ordinal, shape, vals, seq) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (endpoint, time, ordinal) DO UPDATE SET shape = excluded.shape, vals = excluded.vals, seq = excluded.seq`;

export interface SeriesPorts {
  readonly database: Database;
  readonly endpoints: Interned;
  readonly shapes: Interned;
  readonly log: ChangeSink;
}

/** Time series in the SQLite file: a row is an instant, an ordinal, the number of its shape and its own values. */
export class SqliteSeries implements Series {
  readonly #ports: SeriesPorts;
  readonly #parsedShapes = new Map<number, RowShape>();
  readonly #sql: Readonly<Record<'find' | 'write' | 'range' | 'newest' | 'entry' | 'changed', Statement>>;

  constructor(ports: SeriesPorts) {
    const select = (rest: string): Statement =>
      ports.database.prepare(`SELECT time, ordinal, shape, vals, seq FROM series WHERE endpoint = ? ${rest}`);
    this.#ports = ports;
    ports.database.onRollback(() => {
      this.#parsedShapes.clear();
    });
    this.#sql = {
      find: select('AND time = ? AND ordinal = ?'),
      write: ports.database.prepare(WRITE),
      range: select('AND time >= ? AND time < ? ORDER BY time, ordinal'),
      newest: select('ORDER BY time DESC, ordinal DESC LIMIT 1'),
      entry: ports.database.prepare('SELECT endpoint, first_ms, last_ms FROM change WHERE seq = ? AND first_ms IS NOT NULL'),
      changed: select('AND time >= ? AND time <= ? AND seq = ? ORDER BY time, ordinal'),
    };
  }

  append(endpoint: string, rows: readonly IncomingRow[], context: ChangeContext): Change | null {
    if (rows.length === 0) return null;
    const { database, endpoints, shapes, log } = this.#ports;
    const coded = numberRows(rows).map((row) => ({ time: row.time, ordinal: row.ordinal, ...codedRow(row) }));
    return database.transaction(() => {
      const known = endpoints.find(endpoint);
      const fresh = known === null ? coded : coded.filter((row) => !this.#isStored(known, row));
      const [first, last] = [fresh.at(0), fresh.at(-1)];
      if (first === undefined || last === undefined) return null;
      const span = { first: first.time, last: last.time };
      const seq = log.append({ endpoint, kind: 'created', document: null, text: null, previous: null, rows: span, context });
      const endpointId = endpoints.id(endpoint);
      for (const row of fresh) this.#sql.write.run(endpointId, row.time, row.ordinal, shapes.id(row.shape), row.vals, seq);
      return { seq, endpoint, kind: 'created', id: null, day: null, body: null, previous: null, ...context };
    });
  }

  range(endpoint: string, fromMs: number, toMs: number): readonly IncomingRow[] {
    const endpointId = this.#ports.endpoints.find(endpoint);
    return endpointId === null ? [] : this.#sql.range.all(endpointId, fromMs, toMs).map((row) => this.#shown(row));
  }

  newest(endpoint: string): IncomingRow | null {
    const endpointId = this.#ports.endpoints.find(endpoint);
    const row = endpointId === null ? null : this.#sql.newest.get(endpointId);
    return row === null ? null : this.#shown(row);
  }

  changedRows(seq: number): readonly IncomingRow[] {
    const entry = this.#sql.entry.get(seq);
    if (entry === null) return [];
    const span = [column.integer(entry, 'endpoint'), column.integer(entry, 'first_ms'), column.integer(entry, 'last_ms')] as const;
    return this.#sql.changed.all(...span, seq).map((row) => this.#shown(row));
  }

  /** Rows with time >= fromMs, oldest first, each with the seq of the entry that wrote it. */
  since(endpoint: string, fromMs: number): readonly (IncomingRow & { readonly seq: number })[] {
    const endpointId = this.#ports.endpoints.find(endpoint);
    if (endpointId === null) return [];
    const rows = this.#sql.range.all(endpointId, fromMs, Number.MAX_SAFE_INTEGER);
    return rows.map((row) => ({ ...this.#shown(row), seq: column.integer(row, 'seq') }));
  }

  #isStored(endpointId: number, row: CodedRow & { readonly time: number; readonly ordinal: number }): boolean {
    const stored = this.#sql.find.get(endpointId, row.time, row.ordinal);
    if (stored === null) return false;
    const shape = this.#ports.shapes.name(column.integer(stored, 'shape'));
    return sameRow(row.time, row, { shape, vals: column.text(stored, 'vals') });
  }

  #shown(row: SqlRow): IncomingRow {
    const time = column.integer(row, 'time');
    return { time, body: this.#body(time, column.integer(row, 'shape'), column.text(row, 'vals')) };
  }

  #body(time: number, shapeId: number, vals: string): Body {
    let shape = this.#parsedShapes.get(shapeId);
    if (shape === undefined) {
      shape = JSON.parse(this.#ports.shapes.name(shapeId)) as RowShape; // written by `codedRow`
      this.#parsedShapes.set(shapeId, shape);
    }
    return rowBody(time, shape, vals);
  }
}
