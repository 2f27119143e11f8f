import type { SQLInputValue } from 'node:sqlite';
import type { Body, ChangeContext } from '../../ports/documents';
import type { AppendedRows, IncomingRow, Series } from '../../ports/series';
import type { ChangeSink } from '../change-sink';
import { numberRows } from '../number-rows';
import { codedRow, rowBody, type CodedRow, type RowShape } from '../row-shape';
import { sameRow } from '../same-row';
import { column, type SqlRow } from './column';
import type { Database } from './database';
import type { Interned } from './interned';
import type { Statement } from './statement';

/** Rows of one statement; 6 values each stay far below SQLite's limit of 32766. */
const BATCH = 50;

const write = (rows: number): string => `INSERT INTO series (endpoint, time, ordinal, shape, vals, seq)
  VALUES ${Array.from({ length: rows }, () => '(?, ?, ?, ?, ?, ?)').join(', ')}
  ON CONFLICT (endpoint, time, ordinal) DO UPDATE SET shape = excluded.shape, vals = excluded.vals, seq = excluded.seq`;

type PlacedRow = CodedRow & { readonly time: number; readonly ordinal: number };

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
  readonly #sql: Readonly<Record<'span' | 'write' | 'writeMany' | 'range' | 'newest' | 'entry' | 'changed', Statement>>;

  constructor(ports: SeriesPorts) {
    const select = (rest: string): Statement =>
      ports.database.prepare(`SELECT time, ordinal, shape, vals, seq FROM series WHERE endpoint = ? ${rest}`);
    this.#ports = ports;
    ports.database.onRollback(() => {
      this.#parsedShapes.clear();
    });
    this.#sql = {
      span: select('AND time >= ? AND time <= ?'),
      write: ports.database.prepare(write(1)),
      writeMany: ports.database.prepare(write(BATCH)),
      range: select('AND time >= ? AND time < ? ORDER BY time, ordinal'),
      newest: select('ORDER BY time DESC, ordinal DESC LIMIT 1'),
      entry: ports.database.prepare('SELECT endpoint, first_ms, last_ms FROM change WHERE seq = ? AND first_ms IS NOT NULL'),
      changed: select('AND time >= ? AND time <= ? AND seq = ? ORDER BY time, ordinal'),
    };
  }

  append(endpoint: string, rows: readonly IncomingRow[], context: ChangeContext): AppendedRows | null {
    if (rows.length === 0) return null;
    const { database, endpoints, shapes, log } = this.#ports;
    const coded = numberRows(rows).map((row) => ({ time: row.time, ordinal: row.ordinal, ...codedRow(row) }));
    return database.transaction(() => {
      const known = endpoints.find(endpoint);
      const fresh = known === null ? coded : this.#unknownOf(known, coded);
      const [first, last] = [fresh.at(0), fresh.at(-1)];
      if (first === undefined || last === undefined) return null;
      const span = { first: first.time, last: last.time };
      const seq = log.append({ endpoint, kind: 'created', document: null, text: null, previous: null, rows: span, context });
      const endpointId = endpoints.id(endpoint);
      this.#write(fresh.map((row) => [endpointId, row.time, row.ordinal, shapes.id(row.shape), row.vals, seq]));
      const change = { seq, endpoint, kind: 'created' as const, id: null, day: null, body: null, previous: null, ...context };
      return { change, rows: fresh.length };
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

  /** Rows that are not stored, or not like this. One look at the whole span: in a first load there is nothing in it. */
  #unknownOf(endpointId: number, rows: readonly PlacedRow[]): readonly PlacedRow[] {
    const [first, last] = [rows.at(0), rows.at(-1)];
    if (first === undefined || last === undefined) return rows;
    const stored = new Map<string, CodedRow>();
    for (const row of this.#sql.span.all(endpointId, first.time, last.time)) {
      const shape = this.#ports.shapes.name(column.integer(row, 'shape'));
      stored.set(placeOf({ time: column.integer(row, 'time'), ordinal: column.integer(row, 'ordinal') }), {
        shape,
        vals: column.text(row, 'vals'),
      });
    }
    if (stored.size === 0) return rows;
    return rows.filter((row) => {
      const known = stored.get(placeOf(row));
      return known === undefined || !sameRow(row.time, row, known);
    });
  }

  /** Many rows to one statement: the way into SQLite costs more than the row. */
  #write(rows: readonly (readonly SQLInputValue[])[]): void {
    const whole = rows.length - (rows.length % BATCH);
    for (let from = 0; from < whole; from += BATCH) this.#sql.writeMany.run(...rows.slice(from, from + BATCH).flat());
    for (const row of rows.slice(whole)) this.#sql.write.run(...row);
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

function placeOf({ time, ordinal }: { readonly time: number; readonly ordinal: number }): string {
  return `${time}.${ordinal}`;
}
