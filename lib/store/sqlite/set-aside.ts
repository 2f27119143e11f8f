import { LIMITS } from '../../catalogue/limits';
import type { SetAside, SetAsideDocument } from '../../ports/set-aside';
import { contentDigest } from '../content-digest';
import { column } from './column';
import type { Database } from './database';
import type { Interned } from './interned';
import type { Statement } from './statement';

/** Refused documents in the SQLite file; the oldest goes when there are more than LIMITS.setAsideMax. */
export class SqliteSetAside implements SetAside {
  readonly #database: Database;
  readonly #endpoints: Interned;
  readonly #sql: Readonly<Record<'put' | 'trim' | 'list' | 'count', Statement>>;

  constructor(database: Database, endpoints: Interned) {
    this.#database = database;
    this.#endpoints = endpoints;
    this.#sql = {
      put: database.prepare(
        'INSERT INTO set_aside (endpoint, digest, at, reason, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (endpoint, digest) DO NOTHING',
      ),
      trim: database.prepare('DELETE FROM set_aside WHERE number IN (SELECT number FROM set_aside ORDER BY number DESC LIMIT -1 OFFSET ?)'),
      list: database.prepare('SELECT at, reason, body FROM set_aside WHERE endpoint = ? ORDER BY number'),
      count: database.prepare('SELECT count(*) AS n FROM set_aside'),
    };
  }

  put({ endpoint, reason, body, at }: SetAsideDocument): boolean {
    const text = (JSON.stringify(body) as string | undefined) ?? 'null'; // as at run time
    const digest = contentDigest(body);
    return this.#database.transaction(() => {
      const isNew = this.#sql.put.run(this.#endpoints.id(endpoint), digest, at, reason, text).changes > 0;
      if (isNew) this.#sql.trim.run(LIMITS.setAsideMax);
      return isNew;
    });
  }

  list(endpoint: string): readonly SetAsideDocument[] {
    const endpointId = this.#endpoints.find(endpoint);
    if (endpointId === null) return [];
    return this.#sql.list.all(endpointId).map((row) => {
      const body: unknown = JSON.parse(column.text(row, 'body'));
      return { endpoint, reason: column.text(row, 'reason'), body, at: column.integer(row, 'at') };
    });
  }

  count(): number {
    const row = this.#sql.count.get();
    return row === null ? 0 : column.integer(row, 'n');
  }
}
