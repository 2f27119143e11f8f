import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OuraError } from '../../lib/errors/oura-error';
import type { PersonStore } from '../../lib/ports/person-store';
import { openSqliteStore } from '../../lib/store/sqlite-store';
import { personStoreContract } from './contract/person-store';
import { beat, CLOCK, context, daily, period } from './support/build';
import { temporaryFolder } from './support/temporary-folder';

const RECORD = { historic: true, via: 'backfill' } as const;

describe('SQLite store', () => {
  const opened: PersonStore[] = [];
  afterEach(() => {
    for (const store of opened.splice(0)) store.close(); // before the folder goes
  });
  const path = temporaryFolder();
  const open = (file: string, maxPages?: number): PersonStore => {
    const store = openSqliteStore(file, { clock: CLOCK, ...(maxPages !== undefined && { maxPages }) });
    opened.push(store);
    return store;
  };
  const refusal = (work: () => unknown): OuraError => {
    try {
      work();
    } catch (cause) {
      assert.ok(cause instanceof OuraError);
      return cause;
    }
    return assert.fail('It was not refused.');
  };

  personStoreContract(() => open(path(`${opened.length}.sqlite`)));

  it('finds everything again after a restart', () => {
    const file = path('person.sqlite');
    const first = open(file);
    first.documents.upsert('sleep', 'start', [period('a', '2026-02-01T23:00:00+02:00', { score: 1 })], context());
    first.documents.upsert('sleep', 'start', [period('a', '2026-02-01T23:00:00+02:00', { score: 2 })], context());
    first.series.append('heartrate', [beat('2026-02-01T10:00:00.000+00:00', 60)], context());
    first.changes.advance('reader', 2, 1000);
    first.state.save('cursor', ['x']);
    first.setAside.put({ endpoint: 'tag', reason: 'r', body: 1, at: 1 });
    first.events.add({ endpoint: 'sleep', kind: 'update', id: 'a', at: 1, receivedAt: 2 });
    first.events.postpone(1, 3);
    const log = first.changes.read({ after: 0, limit: 10 });
    first.close();
    const again = open(file);
    assert.equal(again.kind, 'disk');
    assert.equal(again.documents.find('sleep', 'a')?.body['score'], 2);
    assert.deepEqual(again.series.newest('heartrate'), beat('2026-02-01T10:00:00.000+00:00', 60));
    assert.deepEqual(again.changes.read({ after: 0, limit: 10 }), log);
    assert.deepEqual([again.changes.head(), again.changes.cursor('reader'), again.state.load('cursor')], [3, 2, ['x']]);
    assert.equal(again.setAside.put({ endpoint: 'tag', reason: 'r', body: 1, at: 2 }), false);
    const event = { seq: 1, endpoint: 'sleep', kind: 'update', id: 'a', at: 1, receivedAt: 2, tries: 1, notBefore: 3 } as const;
    assert.deepEqual(again.events.list(), [event]);
    assert.equal(again.events.add(event), false);
  });

  it('makes the file readable for its owner only', () => {
    if (process.platform === 'win32') return; // has no such modes
    const file = path('person.sqlite');
    open(file).state.save('key', 1);
    assert.deepEqual(
      [file, `${file}-wal`].map((name) => statSync(name).mode & 0o777),
      [0o600, 0o600],
    );
  });

  it('tells the size of its file', () => {
    const store = open(path('person.sqlite'));
    const before = store.stats().sizeBytes;
    store.documents.upsert('sleep', 'start', [daily('a', '2026-02-01', { text: 'x'.repeat(100_000) })], context());
    assert.ok(before > 0 && store.stats().sizeBytes > before + 100_000);
  });

  describe('a file that cannot be used', () => {
    const reasonOf = (file: string): unknown => {
      const error = refusal(() => open(file));
      assert.equal(error.code, 'store_unavailable');
      assert.ok(!error.message.includes(file) && !error.message.includes('person'), error.message);
      return error.params['reason'];
    };

    it('is no database', () => {
      const file = path('person.sqlite');
      writeFileSync(file, 'This is the diary of somebody. '.repeat(200));
      const before = readFileSync(file);
      assert.equal(reasonOf(file), 'SQLITE_NOTADB');
      assert.deepEqual(readFileSync(file), before);
    });

    it('has a file where its folder should be', () => {
      writeFileSync(path('taken'), '');
      assert.equal(reasonOf(join(path('taken'), 'person.sqlite')), 'ENOTDIR');
    });

    it('is a folder', () => {
      mkdirSync(path('person.sqlite'));
      assert.equal(reasonOf(path('person.sqlite')), 'EISDIR');
    });

    it('is damaged', () => {
      const file = path('person.sqlite');
      const store = open(file);
      store.documents.upsert('sleep', 'start', [daily('a', '2026-02-01', { text: 'x'.repeat(50_000) })], context());
      store.close();
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.fill(0x55, 100, 12_288)); // the header stays, the pages with the schema do not
      assert.equal(reasonOf(file), 'SQLITE_CORRUPT');
    });

    it('is in a Node.js without node:sqlite', () => {
      const script = `
        const { openSqliteStore } = require(${JSON.stringify(join(__dirname, '../../lib/store/sqlite-store.ts'))});
        try { openSqliteStore(${JSON.stringify(path('person.sqlite'))}, { clock: null }); }
        catch (error) { console.log(error.code, error.params.reason); }`;
      const flags = ['--no-experimental-sqlite', '-r', require.resolve('tsx/cjs'), '-e', script];
      const { stdout } = spawnSync(process.execPath, flags, { encoding: 'utf8' });
      assert.equal(stdout, 'store_unavailable ERR_UNKNOWN_BUILTIN_MODULE\n');
    });

    it('is on a disk without room', () => {
      const error = refusal(() => open(path('person.sqlite'), 5));
      assert.deepEqual([error.code, error.params], ['store_unavailable', { reason: 'SQLITE_FULL' }]);
    });
  });

  describe('a disk that refuses later', () => {
    const MAX_PAGES = 64; // 256 kB

    it('LESSON: refuses the write that does not fit, keeps all before it readable, and takes smaller ones again', () => {
      const store = open(path('person.sqlite'), MAX_PAGES);
      const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
      const batch = (n: number): readonly ReturnType<typeof daily>[] =>
        [0, 1, 2].map((part) => daily(`${n}.${part}`, day(n), { text: 'x'.repeat(5000) }));
      let written = 0;
      const error = refusal(() => {
        for (;;) {
          store.documents.upsert('sleep', 'start', batch(written), context(RECORD));
          written += 1;
        }
      });
      assert.deepEqual([error.code, error.params], ['store_unavailable', { reason: 'SQLITE_FULL' }]);
      assert.ok(written > 3);
      assert.equal(store.documents.range('sleep', null, null).length, written * 3);
      assert.equal(store.changes.head(), written * 3);
      assert.equal(store.documents.newest('sleep')?.day, day(written - 1));
      store.documents.delete('sleep', '0.0', context());
      assert.deepEqual(
        store.changes.read({ after: written * 3, limit: 9 }).map(({ kind, seq }) => [kind, seq]),
        [['deleted', written * 3 + 1]],
      );
    });

    it('leaves nothing of the first rows of an endpoint behind, and works when there is room', () => {
      const store = open(path('person.sqlite'), MAX_PAGES);
      const rows = (count: number): readonly ReturnType<typeof beat>[] =>
        Array.from({ length: count }, (_, n) => ({ time: n * 1000, body: { bpm: n, note: 'x'.repeat(100) } }));
      const error = refusal(() => store.series.append('heartrate', rows(5000), context()));
      assert.equal(error.params['reason'], 'SQLITE_FULL');
      assert.deepEqual([store.series.newest('heartrate'), store.changes.head(), store.stats().rows], [null, 0, {}]);
      assert.equal(store.series.append('heartrate', rows(10), context())?.change.seq, 1);
      assert.deepEqual(store.series.range('heartrate', 0, 10_000), rows(10));
    });

    it('says so for every kind of write', () => {
      const store = open(path('person.sqlite'), MAX_PAGES);
      const long = 'x'.repeat(1_000_000);
      const writes: readonly (() => unknown)[] = [
        () => store.documents.upsert('sleep', 'start', [daily('a', '2026-02-01', { long })], context()),
        () => store.series.append('heartrate', [{ time: 0, body: { long } }], context()),
        () => {
          store.state.save('key', long);
        },
        () => store.setAside.put({ endpoint: 'sleep', reason: 'r', body: long, at: 0 }),
        () => {
          store.changes.advance(long, 1, 0);
        },
      ];
      assert.deepEqual(
        writes.map((write) => refusal(write).params['reason']),
        writes.map(() => 'SQLITE_FULL'),
      );
      assert.deepEqual([store.state.load('key'), store.setAside.count(), store.changes.cursor(long)], [undefined, 0, null]);
    });
  });

  it('a closed store says that it cannot be used', () => {
    const store = open(path('person.sqlite'));
    store.close();
    const reasons = [() => store.state.load('key'), () => store.prune('sleep', '', 0), () => store.changes.prune(0)].map(
      (work) => refusal(work).params,
    );
    assert.deepEqual(
      reasons,
      [undefined, undefined, undefined].map(() => ({ reason: 'ERR_INVALID_STATE' })),
    );
  });

  describe('two programs with one file', () => {
    it('see what the other one wrote, also names the other one used first', () => {
      const [a, b] = [open(path('person.sqlite')), open(path('person.sqlite'))];
      a.documents.upsert('sleep', 'start', [daily('a', '2026-02-01')], context());
      b.documents.upsert('sleep', 'start', [daily('b', '2026-02-02')], context());
      a.series.append('heartrate', [beat('2026-02-01T10:00:00Z', 1)], context());
      b.series.append('heartrate', [beat('2026-02-01T10:05:00Z', 2)], context());
      [a, b].forEach((store) => {
        assert.deepEqual(
          store.changes.read({ after: 0, limit: 9 }).map(({ seq }) => seq),
          [1, 2, 3, 4],
        );
        assert.deepEqual(store.series.range('heartrate', 0, Number.MAX_SAFE_INTEGER).length, 2);
      });
    });

    it('open the same new file at the same moment and take turns writing', async () => {
      const file = path('person.sqlite');
      const script = (name: string): string => `
        const { openSqliteStore } = require(${JSON.stringify(join(__dirname, '../../lib/store/sqlite-store.ts'))});
        const { CLOCK, context, daily } = require(${JSON.stringify(join(__dirname, 'support/build.ts'))});
        const store = openSqliteStore(${JSON.stringify(file)}, { clock: CLOCK });
        for (let n = 0; n < 50; n += 1) store.documents.upsert('sleep', 'start', [daily('${name} ' + n, '2026-02-01')], context());
        store.close();`;
      const codes = ['a', 'b', 'c'].map(async (name) => {
        const child = spawn(process.execPath, ['-r', require.resolve('tsx/cjs'), '-e', script(name)], { stdio: 'inherit' });
        return (await once(child, 'close'))[0] as unknown; // the exit code
      });
      assert.deepEqual(await Promise.all(codes), [0, 0, 0]);
      const seqs = open(file)
        .changes.read({ after: 0, limit: 1000 })
        .map(({ seq }) => seq);
      assert.deepEqual(
        seqs,
        Array.from({ length: 150 }, (_, index) => index + 1),
      );
    });

    it('one that finds the file being written waits two seconds and then says so', () => {
      const file = path('person.sqlite');
      open(file).state.save('key', 'before');
      const other = new DatabaseSync(file);
      other.exec('BEGIN IMMEDIATE');
      const begin = performance.now();
      assert.deepEqual(refusal(() => open(file)).params, { reason: 'SQLITE_BUSY' });
      assert.ok(performance.now() - begin >= 1900);
      other.exec('ROLLBACK');
      other.close();
      assert.equal(open(file).state.load('key'), 'before');
    });
  });

  it('a year of heart rate takes little room: at most 24 bytes a row', () => {
    const file = path('person.sqlite');
    const store = open(file);
    const sources = ['awake', 'rest', 'sleep', 'workout', 'live'];
    const rows = Array.from({ length: 20_000 }, (_, n) =>
      beat(new Date(Date.UTC(2026, 0, 1) + n * 300_000).toISOString().replace('Z', '+00:00'), 45 + (n % 90), sources[(n >> 5) % 5]),
    );
    for (let n = 0; n < rows.length; n += 5000) store.series.append('heartrate', rows.slice(n, n + 5000), context(RECORD));
    store.close();
    const database = new DatabaseSync(file);
    const { text } = { ...database.prepare('SELECT sum(length(rows)) AS text FROM series').get() };
    database.close();
    assert.ok(Number(text) / rows.length <= 20, `${Number(text) / rows.length} bytes of text a row`); // `300000,`, `60,` and `"awake",`
    assert.ok(statSync(file).size / rows.length <= 24 + 4, `${statSync(file).size / rows.length} bytes a row`); // and an empty file's 80 kB
  });

  it('answers the newest, a range, the log and the rows of an entry from an index', () => {
    const file = path('person.sqlite');
    open(file).close();
    const database = new DatabaseSync(file);
    const plan = (sql: string): string =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map((row) => String(row['detail']))
        .join('; ');
    const plans = [
      plan('SELECT body FROM document WHERE endpoint = 1 ORDER BY day DESC, start_ms DESC, id DESC LIMIT 1'),
      plan(`SELECT body FROM document WHERE endpoint = 1 AND day >= 'a' AND day <= 'b' ORDER BY day, start_ms, id`),
      plan('SELECT body FROM document WHERE endpoint = 1 AND start_ms = 5 ORDER BY key'),
      plan('SELECT rows FROM series WHERE endpoint = 1 AND block >= 1 AND block <= 2 AND last_ms >= 3 ORDER BY block, seq'),
      plan('SELECT rows FROM series WHERE endpoint = 1 AND block >= 1 AND block <= 2 AND seq = 3 ORDER BY block'),
      plan('SELECT previous FROM change WHERE document = 1 AND seq > 2 ORDER BY seq LIMIT 1'),
    ];
    database.close();
    plans.forEach((text) => {
      assert.match(text, /^SEARCH \w+ USING (COVERING )?(INDEX|PRIMARY KEY)[^;]*$/, text);
    });
  });
});
