import assert from 'node:assert/strict';
import type { Change } from '../../../lib/ports/change-log';
import type { PersonStore } from '../../../lib/ports/person-store';
import { beat, context, daily, namelessDaily } from '../support/build';

/** What every store must do with its change log. */
export function changeLogContract(open: () => PersonStore): void {
  let store: PersonStore;
  beforeEach(() => {
    store = open();
  });
  const put = (day: string, score: number, more: Parameters<typeof context>[0] = {}): readonly Change[] =>
    store.documents.upsert('daily_sleep', 'day', [daily(day, day, { score })], context(more));
  const read = (after = 0, limit = 100): readonly Change[] => store.changes.read({ after, limit });
  const scores = (changes: readonly Change[]): readonly unknown[] =>
    changes.map(({ kind, body, previous }) => [kind, body?.['score'] ?? null, previous?.['score'] ?? null]);

  it('is empty at first', () => {
    assert.equal(store.changes.head(), 0);
    assert.deepEqual(read(), []);
    assert.equal(store.changes.cursor('reader'), null);
  });

  it('tells exactly what each write returned, in order', () => {
    const returned = [
      ...store.documents.upsert(
        'daily_sleep',
        'day',
        [daily('a', '2026-02-01'), daily('b', '2026-02-02')],
        context({ historic: true, at: 7 }),
      ),
      ...store.documents.upsert('workout', 'start', [daily('a', '2026-02-01', { calories: 0 })], context({ via: 'webhook' })),
      store.series.append('heartrate', [beat('2026-02-01T10:00:00Z', 60)], context())?.change,
      store.documents.delete('daily_sleep', 'b', context({ via: 'reconcile' })),
    ];
    assert.deepEqual(read(), returned);
    assert.deepEqual(
      read().map(({ seq }) => seq),
      [1, 2, 3, 4, 5],
    );
    assert.equal(store.changes.head(), 5);
  });

  it('tells each change as it was, also when the document changed again or is gone', () => {
    put('2026-02-01', 1);
    put('2026-02-02', 50);
    put('2026-02-01', 2);
    put('2026-02-01', 3);
    store.documents.delete('daily_sleep', '2026-02-01', context());
    put('2026-02-01', 4);
    assert.deepEqual(scores(read()), [
      ['created', 1, null],
      ['created', 50, null],
      ['updated', 2, 1],
      ['updated', 3, 2],
      ['deleted', null, 3],
      ['created', 4, null],
    ]);
  });

  it('tells each change as it was across the change from a provisional to a real id', () => {
    store.documents.upsert('vo2_max', 'day', [namelessDaily('2026-02-01', { score: 1 })], context());
    store.documents.upsert('vo2_max', 'day', [namelessDaily('2026-02-01', { score: 2 })], context());
    store.documents.upsert('vo2_max', 'day', [daily('real', '2026-02-01', { score: 2 })], context());
    store.documents.upsert('vo2_max', 'day', [daily('real', '2026-02-01', { score: 3 })], context());
    assert.deepEqual(scores(read()), [
      ['created', 1, null],
      ['updated', 2, 1],
      ['updated', 2, 2],
      ['updated', 3, 2],
    ]);
    assert.deepEqual(
      read().map(({ id }) => id),
      ['day:2026-02-01', 'day:2026-02-01', 'real', 'real'],
    );
  });

  it('gives at most as many as asked for, after the seq asked for, of one endpoint, without history', () => {
    put('2026-02-01', 1, { historic: true });
    put('2026-02-02', 2);
    store.documents.upsert('workout', 'start', [daily('w', '2026-02-02')], context());
    put('2026-02-03', 3);
    const seqs = (
      query: Omit<Parameters<PersonStore['changes']['read']>[0], 'after' | 'limit'>,
      after = 0,
      limit = 100,
    ): readonly number[] => store.changes.read({ after, limit, ...query }).map(({ seq }) => seq);
    assert.deepEqual(seqs({}, 1, 2), [2, 3]);
    assert.deepEqual(seqs({}, 4), []);
    assert.deepEqual(seqs({ endpoint: 'daily_sleep' }), [1, 2, 4]);
    assert.deepEqual(seqs({ endpoint: 'daily_sleep', historic: false }), [2, 4]);
    assert.deepEqual(seqs({ endpoint: 'daily_sleep', historic: false }, 2), [4]);
    assert.deepEqual(seqs({ historic: false }, 0, 2), [2, 3]);
    assert.deepEqual(seqs({ historic: true }), [1, 2, 3, 4], 'true asks for everything');
    assert.deepEqual(seqs({ endpoint: 'never seen' }), []);
  });

  it('remembers how far each reader has come, and never lets it go back', () => {
    store.changes.advance('node 1', 3, 1000);
    store.changes.advance('node 2', 0, 1000);
    store.changes.advance('node 1', 5, 2000);
    store.changes.advance('node 1', 4, 3000);
    assert.deepEqual(
      ['node 1', 'node 2', 'node 3'].map((reader) => store.changes.cursor(reader)),
      [5, 0, null],
    );
  });

  it('prunes entries older than the instant, and cursors that stood still since', () => {
    put('2026-02-01', 1, { at: 1000 });
    put('2026-02-01', 2, { at: 2000 });
    put('2026-02-01', 3, { at: 3000 });
    store.changes.advance('gone', 1, 1999);
    store.changes.advance('there', 1, 2000);
    assert.equal(store.changes.prune(2000), 1);
    assert.deepEqual(scores(read()), [
      ['updated', 2, 1],
      ['updated', 3, 2],
    ]);
    assert.deepEqual([store.changes.cursor('gone'), store.changes.cursor('there')], [null, 1]);
  });

  it('still tells what it keeps exactly when the clock was set back between changes', () => {
    put('2026-02-01', 1, { at: 3000 });
    put('2026-02-01', 2, { at: 1000 });
    put('2026-02-01', 3, { at: 4000 });
    store.changes.prune(2000);
    const kept = read().filter(({ at }) => at >= 2000);
    assert.deepEqual(scores(kept), [
      ['created', 1, null],
      ['updated', 3, 2],
    ]);
  });

  it('never uses a seq again, also after everything was pruned', () => {
    put('2026-02-01', 1, { at: 1000 });
    put('2026-02-02', 1, { at: 1000 });
    assert.equal(store.changes.prune(5000), 2);
    assert.deepEqual(read(), []);
    assert.equal(store.changes.head(), 2);
    assert.deepEqual(
      put('2026-02-03', 1).map(({ seq }) => seq),
      [3],
    );
  });
}
