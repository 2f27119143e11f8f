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
    const names = ['change', 'cursor', 'document', 'endpoint', 'event', 'migration', 'series', 'set_aside', 'shape', 'state'];
    assert.deepEqual(
      tables,
      names.map((name) => ({ name, strict: 1 })),
    );
    assert.deepEqual(look(file, 'PRAGMA user_version'), [{ user_version: MIGRATIONS.length }]);
    assert.deepEqual(look(file, 'PRAGMA journal_mode'), [{ journal_mode: 'wal' }]);
    const done = MIGRATIONS.map((_, index) => ({ version: index + 1, at: CLOCK.now() }));
    assert.deepEqual(look(file, 'SELECT * FROM migration'), done);
  });

  it('finds rows of series again that an older version wrote one by one', () => {
    const file = path('person.sqlite');
    run(file, MIGRATIONS.slice(0, 1));
    const old = new DatabaseSync(file);
    old.exec(`
      INSERT INTO endpoint VALUES (1, 'heartrate'), (2, 'ring_battery_level');
      INSERT INTO shape VALUES (1, '[["timestamp","z"],["bpm","v"],["source","v"]]'), (2, '[["timestamp","Z"],["charging","f"]]');
      INSERT INTO change (endpoint, kind, first_ms, last_ms, historic, via, at) VALUES
        (1, 'created', -60000, 120000, 0, 'poll', 1), (1, 'created', 60000, 60000, 0, 'poll', 2), (2, 'created', 5, 5, 0, 'poll', 3);
      INSERT INTO series VALUES (1, -60000, 0, 1, '[50,"a, [b] ]"]', 1), (1, 0, 0, 1, '[51,"rest"]', 1), (1, 0, 1, 1, '[52,{"x":[1]}]', 1),
        (1, 60000, 0, 1, '[53,"late"]', 2), (1, 120000, 0, 1, '[54,"rest"]', 1), (2, 5, 0, 2, '[]', 3);`);
    old.close();
    const store = openSqliteStore(file, { clock: CLOCK });
    const row = (time: number, timestamp: string, bpm: number, source: unknown): object => ({ time, body: { timestamp, bpm, source } });
    const beats = [
      row(-60_000, '1969-12-31T23:59:00Z', 50, 'a, [b] ]'),
      row(0, '1970-01-01T00:00:00Z', 51, 'rest'),
      row(0, '1970-01-01T00:00:00Z', 52, { x: [1] }),
      row(60_000, '1970-01-01T00:01:00Z', 53, 'late'),
      row(120_000, '1970-01-01T00:02:00Z', 54, 'rest'),
    ];
    try {
      assert.deepEqual(store.series.range('heartrate', -100_000, 200_000), beats);
      assert.deepEqual(store.series.changedRows(1), beats.toSpliced(3, 1));
      assert.deepEqual(store.series.changedRows(2), [beats[3]]);
      assert.deepEqual(store.series.newest('ring_battery_level')?.body, { timestamp: '1970-01-01T00:00:00.005Z', charging: false });
      assert.deepEqual(store.stats().rows, { heartrate: 5, ring_battery_level: 1 });
      assert.equal(store.prune('heartrate', '', 60_000), 3);
    } finally {
      store.close();
    }
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
