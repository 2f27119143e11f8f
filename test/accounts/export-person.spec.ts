import assert from 'node:assert/strict';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exportPerson, type ExportOrder } from '../../lib/accounts/export-person';
import type { ExportAnswer } from '../../lib/accounts/wire';
import { nextTurn } from '../../lib/async/next-turn';
import type { PersonStore } from '../../lib/ports/person-store';
import { createMemoryStore } from '../../lib/store/memory-store';
import { PersonFiles } from '../../lib/store/person-files';
import { openSqliteStore } from '../../lib/store/sqlite-store';
import { beat, CLOCK, context, daily, namelessDaily, period } from '../store/support/build';
import { temporaryFolder } from '../store/support/temporary-folder';
import { readExport } from './support/read-export';

const PERSON = '0123456789ab';
const NOW = Date.parse('2026-03-15T12:00:00Z');
const FILE = `exports/ann-${PERSON}-2026-03-15.jsonl`;

/** Everything that a store can hold, of odd kinds too. */
function fill(store: PersonStore): void {
  const days = Array.from({ length: 200 }, (_, index) =>
    new Date(Date.parse('2025-09-01') + index * 86_400_000).toISOString().slice(0, 10),
  );
  store.documents.upsert(
    'daily_sleep',
    'day',
    days.map((day, index) => daily(`d${index}`, day, { score: index, text: 'Zeile\n"ß" 😀' })),
    context(),
  );
  store.documents.upsert('daily_sleep', 'day', [namelessDaily('2010-01-01', { score: null })], context({ at: 2000 }));
  store.documents.upsert(
    'sleep',
    'start',
    [period('s1', '2026-03-01T23:00:00+02:00'), period('s2', '2026-03-01T13:00:00+02:00')],
    context(),
  );
  const undated = { id: 'p', provisional: false, day: null, start: null, end: null, body: { id: 'p', email: 'person@example.com' } };
  store.documents.upsert('personal_info', 'start', [undated], context());
  store.documents.upsert(
    'tag',
    'start',
    [{ ...undated, id: 't', body: { id: 't' } }, period('t2', '2026-03-01T13:00:00+02:00')],
    context(),
  );
  store.series.append(
    'heartrate',
    [beat('2025-12-31T23:59:59.999Z', 1), beat('2026-01-01T00:00:00.000Z', 2), beat('2026-01-01T00:00:00.000Z', 3)],
    context(),
  );
  store.series.append('heartrate', [beat('2026-03-15T11:00:00.000Z', 4), beat('1999-01-01T00:00:00.000Z', 5)], context());
  store.setAside.put({ endpoint: 'sleep', reason: 'day: expected text', body: { day: 1 }, at: 5 });
}

for (const kind of ['disk', 'memory'] as const) {
  describe(`an export of a store ${kind === 'disk' ? 'on disk' : 'in memory'}`, () => {
    const file = temporaryFolder();
    const patient = new AbortController().signal;
    let store: PersonStore;
    beforeEach(() => {
      store = kind === 'disk' ? openSqliteStore(file(`${PERSON}.sqlite`), { clock: CLOCK }) : createMemoryStore();
      fill(store);
    });
    afterEach(() => {
      store.close();
    });
    const order = (): ExportOrder => ({
      personId: PERSON,
      slug: 'ann',
      store,
      files: new PersonFiles(file('')),
      version: '0.1.0',
      now: NOW,
    });
    const run = (): Promise<ExportAnswer> => exportPerson(order(), patient);

    it('can be read back: every document, row and refused document, as stored', async () => {
      const { file: name, documents, rows, bytes } = await run();
      assert.equal(name, `oura/${FILE}`);
      const read = readExport(file(FILE));
      for (const endpoint of ['daily_sleep', 'sleep', 'personal_info', 'tag']) {
        const stored = store.documents.range(endpoint, null, null);
        const byId = (all: readonly unknown[]): readonly unknown[] =>
          (all as readonly { id: string }[]).toSorted((a, b) => (a.id < b.id ? -1 : 1));
        assert.deepEqual(byId(read.documents[endpoint] ?? []), byId(stored), endpoint);
      }
      assert.deepEqual(read.rows['heartrate'], store.series.range('heartrate', -Infinity, Infinity));
      assert.deepEqual(read.setAside, [{ endpoint: 'sleep', setAside: { reason: 'day: expected text', at: 5, body: { day: 1 } } }]);
      const stats = store.stats();
      assert.deepEqual(read.head, {
        format: 'node-red-oura-export',
        version: 1,
        package: '0.1.0',
        at: '2026-03-15T12:00:00.000Z',
        person: PERSON,
        documents: stats.documents,
        rows: stats.rows,
      });
      assert.deepEqual([documents, rows, bytes], [206, 5, statSync(file(FILE)).size]);
    });

    it('is for its owner only, and replaces that of the same day', async () => {
      await run();
      store.documents.upsert('daily_sleep', 'day', [daily('new', '2026-03-20')], context());
      const { documents } = await run();
      assert.equal(documents, 207);
      assert.deepEqual(readdirSync(file('exports')), [path.basename(FILE)]);
      assert.equal(statSync(file(FILE)).mode & 0o777, 0o600);
      assert.equal(statSync(file('exports')).mode & 0o777, 0o700);
    });

    it('counts what it has written, also of what came meanwhile', async () => {
      const exported = run();
      for (let turn = 0; turn < 3; turn += 1) await nextTurn();
      store.documents.upsert('workout', 'start', [period('w', '2026-03-01T13:00:00+02:00')], context());
      store.documents.upsert('personal_info', 'start', [daily('too late', '2026-03-01')], context());
      await exported;
      const { head, documents } = readExport(file(FILE));
      const counted = Object.fromEntries(Object.entries(documents).map(([endpoint, list]) => [endpoint, list.length]));
      assert.deepEqual(head['documents'], counted);
      assert.equal(counted['workout'], 1);
    });

    it('lets others work in between', async () => {
      let turns = 0;
      const ended = new AbortController();
      const exported = run().finally(() => {
        ended.abort();
      });
      while (!ended.signal.aborted) {
        turns += 1;
        await nextTurn();
      }
      await exported;
      assert.ok(turns > 20, String(turns));
    });

    it('that is not wanted any more leaves nothing behind', async () => {
      const impatient = new AbortController();
      const exported = exportPerson(order(), impatient.signal);
      await nextTurn();
      impatient.abort(new DOMException('gone', 'AbortError'));
      await assert.rejects(exported, { name: 'AbortError' });
      assert.deepEqual(readdirSync(file('exports')), []);
    });

    it('says that the folder refuses', async () => {
      writeFileSync(file('exports'), 'a file where the folder belongs');
      await assert.rejects(run(), { code: 'folder_refused', params: { reason: 'EEXIST' } });
    });
  });
}

describe('an export of a large store', () => {
  const file = temporaryFolder();

  it('holds up the event loop for a moment only', async function () {
    this.timeout(30_000);
    const store = openSqliteStore(file(`${PERSON}.sqlite`), { clock: CLOCK });
    const filler = 'x'.repeat(3000);
    for (let year = 2016; year < 2026; year += 1) {
      const days = Array.from({ length: 365 }, (_, index) => new Date(Date.UTC(year, 0, 1 + index)).toISOString().slice(0, 10));
      store.documents.upsert(
        'sleep',
        'day',
        days.map((day) => daily(day, day, { filler })),
        context(),
      );
      const rows = days
        .slice(0, 60)
        .flatMap((day) => Array.from({ length: 288 }, (_, index) => ({ time: Date.parse(day) + index * 300_000, body: { bpm: index } })));
      store.series.append('heartrate', rows, context());
    }
    let longest = 0;
    const ended = new AbortController();
    const exported = exportPerson(
      { personId: PERSON, slug: 'ann', store, files: new PersonFiles(file('')), version: '0.1.0', now: NOW },
      new AbortController().signal,
    ).finally(() => {
      ended.abort();
    });
    while (!ended.signal.aborted) {
      const before = performance.now();
      await nextTurn();
      longest = Math.max(longest, performance.now() - before);
    }
    const { documents, rows } = await exported;
    assert.deepEqual([documents, rows], [3650, 172_800]);
    assert.ok(longest < 250, `held up for ${Math.round(longest)} ms`); // 10 ms on a quiet machine; all at once would be more than a second
    store.close();
  });
});
