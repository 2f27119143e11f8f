import assert from 'node:assert/strict';
import type { PersonStore } from '../../../lib/ports/person-store';
import { LIMITS } from '../../../lib/catalogue/limits';
import { beat, context, daily } from '../support/build';
import { changeLogContract } from './change-log';
import { documentsContract } from './documents';
import { eventQueueContract } from './event-queue';
import { seriesContract } from './series';
import { valuesContract } from './values';

/** What every store of a person must do. `open` gives a fresh, empty one each time. */
export function personStoreContract(open: () => PersonStore): void {
  let store: PersonStore;
  beforeEach(() => {
    store = open();
  });

  describe('documents', () => {
    documentsContract(open);
  });
  describe('series', () => {
    seriesContract(open);
  });
  describe('change log', () => {
    changeLogContract(open);
  });
  describe('waiting events', () => {
    eventQueueContract(() => open().events);
  });
  describe('sync state', () => {
    valuesContract(() => open().state);

    it('names its keys in order', () => {
      ['b', 'a', 'c', 'B'].forEach((key) => {
        store.state.save(key, 1);
      });
      store.state.save('c', undefined);
      assert.deepEqual(store.state.keys(), ['B', 'a', 'b']);
    });
  });

  describe('set aside', () => {
    const refused = (body: unknown, endpoint = 'sleep'): Parameters<PersonStore['setAside']['put']>[0] => ({
      endpoint,
      reason: 'score: a number is expected',
      body,
      at: 1000,
    });

    it('keeps a refused document and tells the same content only once per endpoint', () => {
      assert.equal(store.setAside.put(refused({ id: 'a', score: 'high', n: { x: 1, y: 2 } })), true);
      assert.equal(store.setAside.put({ ...refused({ n: { y: 2, x: 1 }, score: 'high', id: 'a' }), reason: 'other', at: 2000 }), false);
      assert.equal(store.setAside.put(refused({ id: 'a', score: 'low', n: { x: 1, y: 2 } })), true);
      assert.equal(store.setAside.put(refused({ id: 'a', score: 'high', n: { x: 1, y: 2 } }, 'workout')), true);
      assert.deepEqual(store.setAside.list('sleep'), [
        refused({ id: 'a', score: 'high', n: { x: 1, y: 2 } }),
        refused({ id: 'a', score: 'low', n: { x: 1, y: 2 } }),
      ]);
      assert.equal(store.setAside.count(), 3);
      assert.equal(store.changes.head(), 0);
    });

    it('keeps what is no object at all', () => {
      [null, 'text', 7, [], [1]].forEach((body) => {
        assert.equal(store.setAside.put(refused(body)), true);
      });
      assert.deepEqual(
        store.setAside.list('sleep').map(({ body }) => body),
        [null, 'text', 7, [], [1]],
      );
      assert.deepEqual(store.setAside.list('never'), []);
    });

    it('drops the oldest beyond the limit', () => {
      for (let n = 0; n <= LIMITS.setAsideMax; n += 1) store.setAside.put(refused({ n }));
      assert.equal(store.setAside.count(), LIMITS.setAsideMax);
      assert.deepEqual(store.setAside.list('sleep').at(0)?.body, { n: 1 });
    });
  });

  describe('retention', () => {
    it('drops documents and rows before the bounds, of one endpoint, without logging a deletion', () => {
      const days = ['2026-01-30', '2026-01-31', '2026-02-01'];
      store.documents.upsert(
        'daily_sleep',
        'day',
        [...days.map((day) => daily(day, day)), { ...daily('no day', ''), day: null }],
        context(),
      );
      store.documents.upsert('sleep', 'start', [daily('other', '2026-01-01')], context());
      store.series.append('daily_sleep', [beat('2026-01-31T23:59:59Z', 1), beat('2026-02-01T00:00:00Z', 2)], context());
      const head = store.changes.head();
      assert.equal(store.prune('daily_sleep', '2026-02-01', Date.parse('2026-02-01T00:00:00Z')), 3);
      assert.deepEqual(
        store.documents.range('daily_sleep', null, null).map(({ id }) => id),
        ['no day', '2026-02-01'],
      );
      assert.deepEqual(
        store.series.range('daily_sleep', 0, Number.MAX_SAFE_INTEGER).map(({ body }) => body['bpm']),
        [2],
      );
      assert.equal(store.documents.find('sleep', 'other')?.day, '2026-01-01');
      assert.equal(store.changes.head(), head);
      assert.equal(store.prune('daily_sleep', '2026-02-01', 0), 0);
      assert.equal(store.prune('never', '2026-02-01', 0), 0);
    });

    it('leaves nothing of a dropped document in the change log', () => {
      store.documents.upsert('daily_sleep', 'day', [daily('old', '2026-01-01', { v: 1 }), daily('new', '2026-02-01')], context());
      store.documents.upsert('daily_sleep', 'day', [daily('old', '2026-01-01', { v: 2 })], context());
      store.prune('daily_sleep', '2026-02-01', 0);
      assert.deepEqual(
        store.changes.read({ after: 0, limit: 10 }).map(({ id, body }) => [id, body?.['day']]),
        [['new', '2026-02-01']],
      );
    });
  });

  it('counts documents and rows of each endpoint that has any', () => {
    store.documents.upsert('sleep', 'start', [daily('a', '2026-02-01'), daily('b', '2026-02-01')], context());
    store.documents.upsert('workout', 'start', [daily('a', '2026-02-01')], context());
    store.documents.delete('workout', 'a', context());
    store.series.append('heartrate', [beat('2026-02-01T10:00:00Z', 60), beat('2026-02-01T10:00:00Z', 61)], context());
    const { documents, rows } = store.stats();
    assert.deepEqual({ documents, rows }, { documents: { sleep: 2 }, rows: { heartrate: 2 } });
  });

  it('can be closed twice', () => {
    store.close();
    assert.doesNotThrow(() => {
      store.close();
    });
  });
}
