import { OuraError } from '../../errors/oura-error';
import type { Clock } from '../../ports/clock';
import { column } from './column';
import type { Database } from './database';

/**
 * Brings the file to the newest step, each step in a transaction of its own, and notes when. Two programs that open one file take turns.
 * @param migrations see MIGRATIONS
 * @throws OuraError `store_newer` when the file has seen more steps than there are; it is left as it is
 */
export function migrate(database: Database, migrations: readonly string[], clock: Clock): void {
  const version = database.prepare('PRAGMA user_version');
  let isDone = false;
  while (!isDone) {
    isDone = database.transaction(() => {
      const row = version.get();
      const from = row === null ? 0 : column.integer(row, 'user_version');
      if (from > migrations.length) throw new OuraError('store_newer', { version: from });
      const step = migrations[from];
      if (step === undefined) return true;
      database.execute(step);
      database.execute('CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT');
      database.prepare('INSERT INTO migration (version, at) VALUES (?, ?)').run(from + 1, clock.now());
      database.execute(`PRAGMA user_version = ${from + 1}`);
      return false;
    });
  }
}
