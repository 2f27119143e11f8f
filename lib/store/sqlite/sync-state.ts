import type { SyncState } from '../../ports/sync-state';
import { column } from './column';
import type { Database } from './database';
import type { Statement } from './statement';

const SAVE = `INSERT INTO state (key, value) VALUES (?, ?)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`;

/** The sync engine's memory in the SQLite file. */
export class SqliteSyncState implements SyncState {
  readonly #sql: Readonly<Record<'load' | 'save' | 'forget' | 'keys', Statement>>;

  constructor(database: Database) {
    this.#sql = {
      load: database.prepare('SELECT value FROM state WHERE key = ?'),
      save: database.prepare(SAVE),
      forget: database.prepare('DELETE FROM state WHERE key = ?'),
      keys: database.prepare('SELECT key FROM state'),
    };
  }

  /** @returns undefined for a key never saved */
  load(key: string): unknown {
    const row = this.#sql.load.get(key);
    return row === null ? undefined : JSON.parse(column.text(row, 'value'));
  }

  /** @param value undefined forgets the key */
  save(key: string, value: unknown): void {
    const text = JSON.stringify(value) as string | undefined; // as at run time
    if (text === undefined) this.#sql.forget.run(key);
    else this.#sql.save.run(key, text);
  }

  keys(): readonly string[] {
    const keys = this.#sql.keys.all().map((row) => column.text(row, 'key'));
    return keys.toSorted();
  }
}
