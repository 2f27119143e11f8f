import assert from 'node:assert/strict';
import type { PersonStore } from '../../lib/ports/person-store';
import { copyStore } from '../../lib/store/copy-store';
import { createMemoryStore } from '../../lib/store/memory-store';
import { openSqliteStore } from '../../lib/store/sqlite-store';
import { beat, CLOCK, context, daily, namelessDaily, period } from './support/build';
import { temporaryFolder } from './support/temporary-folder';

const ALL = { after: 0, limit: 1000 };

describe('carrying on in memory when the disk refuses', () => {
  let disk: PersonStore;
  let memory: PersonStore;
  afterEach(() => {
    disk.close(); // before the folder goes
  });
  const path = temporaryFolder();
  beforeEach(() => {
    disk = openSqliteStore(path('person.sqlite'), { clock: CLOCK });
    memory = createMemoryStore();
  });

  /** 2026-03-01 is the newest day, so 2025-12-01 is the 90th before it. */
  function fill(): void {
    disk.documents.upsert(
      'daily_sleep',
      'day',
      [daily('too old', '2025-11-30'), daily('just in', '2025-12-01')],
      context({ historic: true }),
    );
    disk.documents.upsert('daily_sleep', 'day', [namelessDaily('2026-03-01', { score: 1 })], context({ at: 2000 }));
    disk.documents.upsert('daily_sleep', 'day', [daily('real', '2026-03-01', { score: 1 })], context({ at: 3000 }));
    disk.documents.upsert('daily_sleep', 'day', [daily('real', '2026-03-01', { score: 2 })], context({ at: 4000 }));
    disk.documents.upsert('personal_info', 'day', [{ ...daily('me', ''), day: null }], context());
    disk.documents.upsert('workout', 'start', [period('w', '2026-02-20T10:00:00+02:00', { calories: 0 })], context());
    disk.documents.delete('workout', 'w', context({ via: 'webhook' }));
    disk.series.append('heartrate', [beat('2025-11-30T23:59:59Z', 1), beat('2025-12-01T00:00:00Z', 2)], context());
    disk.series.append('heartrate', [beat('2026-03-01T10:00:00Z', 3), beat('2026-03-01T10:00:00Z', 4)], context());
    disk.changes.advance('reader', 3, 5000);
    disk.state.save('cursor', { of: 'heartrate' });
    disk.setAside.put({ endpoint: 'tag', reason: 'r', body: { id: 1 }, at: 6000 });
    for (const id of ['done', 'gone', 'new']) disk.events.add({ endpoint: 'sleep', kind: 'delete', id, at: 1, receivedAt: 2 });
    disk.events.remove([1]);
    disk.events.postpone(2, 7000);
  }

  it('keeps what is recent, exactly: documents, rows, cursors, state, what was set aside', () => {
    fill();
    copyStore(disk, memory);
    const recent = disk.documents.range('daily_sleep', '2025-12-01', null);
    assert.deepEqual(
      recent.map(({ id }) => id),
      ['just in', 'real'],
    );
    assert.deepEqual(memory.documents.range('daily_sleep', null, null), recent);
    assert.deepEqual(memory.documents.range('personal_info', null, null), disk.documents.range('personal_info', null, null));
    assert.deepEqual(
      memory.series.range('heartrate', 0, Number.MAX_SAFE_INTEGER).map(({ body }) => body['bpm']),
      [2, 3, 4],
    );
    assert.deepEqual([memory.changes.cursor('reader'), memory.state.load('cursor')], [3, { of: 'heartrate' }]);
    assert.deepEqual(memory.setAside.list('tag'), disk.setAside.list('tag'));
  });

  it('keeps the events that wait, with their seq and tries', () => {
    fill();
    copyStore(disk, memory);
    assert.deepEqual(
      disk.events.list().map(({ seq, tries }) => [seq, tries]),
      [
        [2, 1],
        [3, 0],
      ],
    );
    assert.deepEqual(memory.events.list(), disk.events.list());
    memory.events.add({ endpoint: 'sleep', kind: 'delete', id: 'next', at: 1, receivedAt: 2 });
    assert.equal(memory.events.list().at(-1)?.seq, 4);
  });

  it('keeps the recent log with the same seq, so that readers miss nothing and see nothing twice', () => {
    fill();
    copyStore(disk, memory);
    const log = disk.changes.read(ALL);
    assert.deepEqual(
      memory.changes.read(ALL),
      log.filter(({ day }) => day !== '2025-11-30'),
    );
    assert.equal(memory.changes.head(), log.at(-1)?.seq);
    assert.deepEqual(memory.series.changedRows(memory.changes.head()), disk.series.changedRows(disk.changes.head()));
    const [change] = memory.documents.upsert('daily_sleep', 'day', [daily('real', '2026-03-01', { score: 3 })], context());
    assert.deepEqual([change?.seq, change?.kind, change?.previous?.['score']], [disk.changes.head() + 1, 'updated', 2]);
  });

  it('writes and logs nothing when the same data comes again', () => {
    fill();
    copyStore(disk, memory);
    assert.deepEqual(memory.documents.upsert('daily_sleep', 'day', [daily('real', '2026-03-01', { score: 2 })], context()), []);
    assert.equal(memory.series.append('heartrate', [beat('2026-03-01T10:00:00Z', 3), beat('2026-03-01T10:00:00Z', 4)], context()), null);
    assert.equal(memory.setAside.put({ endpoint: 'tag', reason: 'r', body: { id: 1 }, at: 7000 }), false);
  });

  it('works from a full disk, after the write that failed', () => {
    disk.close();
    disk = openSqliteStore(path('full.sqlite'), { clock: CLOCK, maxPages: 64 });
    fill();
    const long = daily('long', '2026-03-02', { long: 'x'.repeat(1_000_000) });
    assert.throws(() => disk.documents.upsert('daily_sleep', 'day', [long], context()), { code: 'store_unavailable' });
    copyStore(disk, memory);
    assert.equal(memory.documents.upsert('daily_sleep', 'day', [long], context()).at(0)?.seq, disk.changes.head() + 1);
    assert.equal(memory.documents.newest('daily_sleep')?.id, 'long');
  });

  it('copies an empty store', () => {
    copyStore(disk, memory);
    assert.deepEqual([memory.changes.head(), memory.changes.read(ALL), memory.state.keys()], [0, [], []]);
  });

  it('changes nothing when the disk cannot even be read', () => {
    fill();
    disk.close();
    assert.throws(
      () => {
        copyStore(disk, memory);
      },
      { code: 'store_unavailable' },
    );
    assert.deepEqual([memory.changes.head(), memory.state.keys(), memory.stats().documents], [0, [], {}]);
  });

  it('copies from disk to memory only', () => {
    assert.throws(
      () => {
        copyStore(memory, disk);
      },
      { code: 'unexpected' },
    );
  });
});
