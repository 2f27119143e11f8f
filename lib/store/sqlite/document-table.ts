import type { DocumentRow, DocumentTable } from '../document-table';
import { column, type SqlRow } from './column';
import type { Database } from './database';
import type { Interned } from './interned';
import type { Statement } from './statement';

const COLUMNS = 'key, id, provisional, day, start_text, start_ms, end_text, seen_at, changed_at, body';
const ASCENDING = 'ORDER BY day, start_ms, id';
const LAST_DAY = '\u{10FFFF}'; // after every other text

/** Documents in the SQLite file. */
export class SqliteDocumentTable implements DocumentTable {
  readonly #endpoints: Interned;
  readonly #sql: Readonly<Record<'byId' | 'ofDay' | 'ofStart' | 'insert' | 'update' | 'remove' | 'all' | 'range' | 'newest', Statement>>;

  constructor(database: Database, endpoints: Interned) {
    const select = (rest: string): Statement => database.prepare(`SELECT ${COLUMNS} FROM document WHERE endpoint = ? ${rest}`);
    this.#endpoints = endpoints;
    this.#sql = {
      byId: select('AND id = ?'),
      ofDay: select('AND day = ? ORDER BY key'),
      ofStart: select('AND start_ms = ? ORDER BY key'),
      all: select(ASCENDING),
      range: select(`AND day >= ? AND day <= ? ${ASCENDING}`),
      newest: select('ORDER BY day DESC, start_ms DESC, id DESC LIMIT 1'),
      insert: database.prepare(
        `INSERT INTO document (endpoint, id, provisional, day, start_text, start_ms, end_text, seen_at, changed_at, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      update: database.prepare(
        `UPDATE document SET id = ?, provisional = ?, day = ?, start_text = ?, start_ms = ?, end_text = ?, changed_at = ?, body = ?
         WHERE key = ?`,
      ),
      remove: database.prepare('DELETE FROM document WHERE key = ?'),
    };
  }

  byId(endpoint: string, id: string): DocumentRow | null {
    return this.#one(this.#sql.byId, endpoint, id);
  }

  ofDay(endpoint: string, day: string): readonly DocumentRow[] {
    return this.#many(this.#sql.ofDay, endpoint, day);
  }

  ofStart(endpoint: string, startMs: number): readonly DocumentRow[] {
    return this.#many(this.#sql.ofStart, endpoint, startMs);
  }

  insert(endpoint: string, row: Omit<DocumentRow, 'key'>): number {
    const { id, provisional, day, start, startMs, end, seenAt, changedAt, text } = row;
    const endpointId = this.#endpoints.id(endpoint);
    return this.#sql.insert.run(endpointId, id, Number(provisional), day, start, startMs, end, seenAt, changedAt, text).key;
  }

  update(_endpoint: string, row: DocumentRow): void {
    const { key, id, provisional, day, start, startMs, end, changedAt, text } = row;
    this.#sql.update.run(id, Number(provisional), day, start, startMs, end, changedAt, text, key);
  }

  remove(_endpoint: string, row: DocumentRow): void {
    this.#sql.remove.run(row.key);
  }

  range(endpoint: string, fromDay: string | null, toDay: string | null): readonly DocumentRow[] {
    if (fromDay === null && toDay === null) return this.#many(this.#sql.all, endpoint);
    return this.#many(this.#sql.range, endpoint, fromDay ?? '', toDay ?? LAST_DAY);
  }

  newest(endpoint: string): DocumentRow | null {
    return this.#one(this.#sql.newest, endpoint);
  }

  #one(statement: Statement, endpoint: string, ...values: readonly string[]): DocumentRow | null {
    const endpointId = this.#endpoints.find(endpoint);
    const row = endpointId === null ? null : statement.get(endpointId, ...values);
    return row === null ? null : parsed(row);
  }

  #many(statement: Statement, endpoint: string, ...values: readonly (string | number)[]): readonly DocumentRow[] {
    const endpointId = this.#endpoints.find(endpoint);
    return endpointId === null ? [] : statement.all(endpointId, ...values).map(parsed);
  }
}

function parsed(row: SqlRow): DocumentRow {
  return {
    key: column.integer(row, 'key'),
    id: column.text(row, 'id'),
    provisional: column.integer(row, 'provisional') === 1,
    day: column.textOrNull(row, 'day'),
    start: column.textOrNull(row, 'start_text'),
    startMs: column.integerOrNull(row, 'start_ms'),
    end: column.textOrNull(row, 'end_text'),
    text: column.text(row, 'body'),
    seenAt: column.integer(row, 'seen_at'),
    changedAt: column.integer(row, 'changed_at'),
  };
}
