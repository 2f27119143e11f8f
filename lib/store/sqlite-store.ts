import type { Clock } from '../ports/clock';
import type { PersonStore } from '../ports/person-store';
import { Database, type DatabaseOptions } from './sqlite/database';
import { migrate } from './sqlite/migrate';
import { MIGRATIONS } from './sqlite/migrations';
import { SqliteStore } from './sqlite/store';

export interface SqliteOptions extends DatabaseOptions {
  readonly clock: Clock;
}

/**
 * Opens one person's database file, making it (mode 0600) or bringing its schema up to date if need be.
 * @throws OuraError `store_unavailable` {reason} when there is no node:sqlite or the disk or the file refuses, now or in any later call;
 *   a write that throws has written nothing, and reading goes on. `store_newer` {version} when a newer version of this package wrote it.
 */
export function openSqliteStore(file: string, { clock, ...options }: SqliteOptions): PersonStore {
  const database = new Database(file, options);
  try {
    migrate(database, MIGRATIONS, clock);
    return new SqliteStore(file, database);
  } catch (cause) {
    database.close();
    throw cause;
  }
}
