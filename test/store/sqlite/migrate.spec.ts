import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Database } from '../../../lib/store/sqlite/database';
import { migrate } from '../../../lib/store/sqlite/migrate';
import { MIGRATIONS } from '../../../lib/store/sqlite/migrations';
import { openSqliteStore } from '../../../lib/store/sqlite-store';
import { CLOCK, context, daily } from '../support/build';
import { temporaryFolder } from '../support/temporary-folder';

describe('the schema of the database', () => {
  const path = temporaryFolder();
  const look = (file: string, sql: string): readonly Record<string, unknown>[] => {
    const database = new DatabaseSync(file);
    const rows = database.prepare(sql).all();
    database.close();
    return rows.map((row) => ({ ...row }));
  };
  const run = (file: string, migrations: readonly string[]): void => {
    const database = new Database(file, {});
    try {
      migrate(database, migrations, CLOCK);
    } finally {
      database.close();
    }
  };

  it('is made in a new file, with strict tables, write-ahead journal and its version', () => {
    const file = path('person.sqlite');
    openSqliteStore(file, { clock: CLOCK }).close();
    const tables = look(
      file,
      `SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    );
    const names = ['change', 'cursor', 'document', 'endpoint', 'migration', 'series', 'set_aside', 'shape', 'state'];
    assert.deepEqual(
      tables,
      names.map((name) => ({ name, strict: 1 })),
    );
    assert.deepEqual(look(file, 'PRAGMA user_version'), [{ user_version: MIGRATIONS.length }]);
    assert.deepEqual(look(file, 'PRAGMA journal_mode'), [{ journal_mode: 'wal' }]);
    assert.deepEqual(look(file, 'SELECT * FROM migration'), [{ version: 1, at: CLOCK.now() }]);
  });

  it('is left alone when it is up to date', () => {
    const file = path('person.sqlite');
    openSqliteStore(file, { clock: CLOCK }).close();
    const before = readFileSync(file);
    openSqliteStore(file, { clock: CLOCK }).close();
    assert.deepEqual(readFileSync(file), before);
  });

  it('goes forward one step after the other, from wherever the file stands', () => {
    const file = path('person.sqlite');
    const steps = [
      'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1)',
      'ALTER TABLE a ADD COLUMN y TEXT',
      'UPDATE a SET x = x + 10',
    ];
    run(file, steps.slice(0, 1));
    run(file, steps);
    assert.deepEqual(look(file, 'SELECT * FROM a'), [{ x: 11, y: null }]);
    assert.deepEqual(look(file, 'SELECT version FROM migration'), [{ version: 1 }, { version: 2 }, { version: 3 }]);
  });

  it('keeps finished steps and nothing of one that fails', () => {
    const file = path('person.sqlite');
    assert.throws(() => {
      run(file, ['CREATE TABLE a (x INTEGER) STRICT', 'INSERT INTO a VALUES (1); CREATE TABLE a (x INTEGER) STRICT']);
    }, /already exists/);
    assert.deepEqual(look(file, 'PRAGMA user_version'), [{ user_version: 1 }]);
    assert.deepEqual(look(file, 'SELECT * FROM a'), []);
  });

  it('refuses a file of a newer version and leaves it as it is', () => {
    const file = path('person.sqlite');
    const store = openSqliteStore(file, { clock: CLOCK });
    store.documents.upsert('sleep', 'start', [daily('a', '2026-02-01')], context());
    store.close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 900');
    database.close();
    const before = readFileSync(file);
    assert.throws(() => openSqliteStore(file, { clock: CLOCK }), { code: 'store_newer', params: { version: 900 } });
    assert.deepEqual(readFileSync(file), before);
  });
});
