import { statSync } from 'node:fs';
import type { PersonStore } from '../../ports/person-store';
import type { Giver, HandOver } from '../hand-over';
import { StoredDocuments } from '../stored-documents';
import { SqliteChangeLog } from './change-log';
import { column } from './column';
import type { Database } from './database';
import { SqliteDocumentTable } from './document-table';
import { SqliteEventQueue } from './event-queue';
import { handOver } from './hand-over';
import { Interned } from './interned';
import { SqliteSeries } from './series';
import { SqliteSetAside } from './set-aside';
import type { Statement } from './statement';
import { SqliteSyncState } from './sync-state';

type Stats = ReturnType<PersonStore['stats']>;

/** One person's data in one SQLite file, already of the newest schema. Anything may throw OuraError `store_unavailable`. */
export class SqliteStore implements Giver {
  readonly kind = 'disk';
  readonly documents: StoredDocuments;
  readonly series: SqliteSeries;
  readonly changes: SqliteChangeLog;
  readonly state: SqliteSyncState;
  readonly setAside: SqliteSetAside;
  readonly events: SqliteEventQueue;
  readonly #file: string;
  readonly #database: Database;
  readonly #endpoints: Interned;
  readonly #table: SqliteDocumentTable;
  readonly #sql: Readonly<Record<'pruneLog' | 'pruneDocuments' | 'documents' | 'rows', Statement>>;

  constructor(file: string, database: Database) {
    const endpoints = new Interned(database, 'endpoint');
    const count = (sum: string, table: string): Statement =>
      database.prepare(`SELECT e.name, ${sum} AS n FROM ${table} AS t JOIN endpoint AS e ON e.id = t.endpoint GROUP BY t.endpoint`);
    this.#file = file;
    this.#database = database;
    this.#endpoints = endpoints;
    this.#table = new SqliteDocumentTable(database, endpoints);
    this.changes = new SqliteChangeLog(database, endpoints);
    this.documents = new StoredDocuments({ table: this.#table, log: this.changes, transaction: (work) => database.transaction(work) });
    this.series = new SqliteSeries({ database, endpoints, shapes: new Interned(database, 'shape'), log: this.changes });
    this.state = new SqliteSyncState(database);
    this.setAside = new SqliteSetAside(database, endpoints);
    this.events = new SqliteEventQueue(database);
    this.#sql = {
      pruneLog: database.prepare('DELETE FROM change WHERE document IN (SELECT key FROM document WHERE endpoint = ? AND day < ?)'),
      pruneDocuments: database.prepare('DELETE FROM document WHERE endpoint = ? AND day < ?'),
      documents: count('count(*)', 'document'),
      rows: count('sum(t.count)', 'series'),
    };
  }

  /** Entries of the change log about dropped documents go with them: their bodies are what retention is about. */
  prune(endpoint: string, beforeDay: string, beforeMs: number): number {
    const endpointId = this.#endpoints.find(endpoint);
    if (endpointId === null) return 0;
    return this.#database.transaction(() => {
      this.#sql.pruneLog.run(endpointId, beforeDay);
      const documents = this.#sql.pruneDocuments.run(endpointId, beforeDay).changes;
      return documents + this.series.prune(endpointId, beforeMs);
    });
  }

  stats(): Stats {
    const sizeBytes = [this.#file, `${this.#file}-wal`].reduce(
      (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    return { documents: counts(this.#sql.documents), rows: counts(this.#sql.rows), sizeBytes };
  }

  handOver(days: number): HandOver {
    return handOver(this, this.#database, days);
  }

  close(): void {
    this.#database.close();
  }
}

function counts(statement: Statement): Readonly<Record<string, number>> {
  return Object.fromEntries(statement.all().map((row) => [column.text(row, 'name'), column.integer(row, 'n')]));
}
