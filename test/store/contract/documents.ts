import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Body } from '../../../lib/ports/documents';
import type { PersonStore } from '../../../lib/ports/person-store';
import { context, daily, namelessDaily, namelessPeriod, period } from '../support/build';

/** What every store must do with documents. */
export function documentsContract(open: () => PersonStore): void {
  let store: PersonStore;
  beforeEach(() => {
    store = open();
  });
  const ids = (endpoint: string): readonly string[] => store.documents.range(endpoint, null, null).map(({ id }) => id);

  it('gives a document back as it came, with first sight and last change', () => {
    const body = { id: 'a', day: '2026-02-01', score: 80, contributors: { deep: null, rem: 71 }, new_field: ['x'] };
    store.documents.upsert('daily_sleep', 'day', [daily('a', '2026-02-01', body)], context({ at: 1000 }));
    store.documents.upsert('daily_sleep', 'day', [daily('a', '2026-02-01', { ...body, score: 81 })], context({ at: 2000 }));
    assert.deepEqual(store.documents.find('daily_sleep', 'a'), {
      endpoint: 'daily_sleep',
      id: 'a',
      provisional: false,
      day: '2026-02-01',
      start: null,
      end: null,
      body: { ...body, score: 81 },
      seenAt: 1000,
      changedAt: 2000,
    });
  });

  it('LESSON: keeps zero, the empty text, false and null as values', () => {
    const body = { awake_time: 0, latency: 0, note: '', ok: false, average_hrv: null };
    store.documents.upsert('sleep', 'start', [period('a', '2026-02-01T23:00:00+02:00', body)], context());
    const { id, start, ...rest } = store.documents.find('sleep', 'a')?.body ?? {};
    assert.deepEqual([id, start, rest], ['a', '2026-02-01T23:00:00+02:00', body]);
  });

  it('gives any JSON object back unchanged', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }));
    fc.assert(
      fc.property(objects, (body) => {
        const plain = JSON.parse(JSON.stringify(body)) as Body; // -0 is no JSON number
        store.documents.upsert('workout', 'start', [{ ...daily('a', '2026-02-01'), body: plain }], context());
        assert.deepEqual(store.documents.find('workout', 'a')?.body, plain);
      }),
      { numRuns: 50 },
    );
  });

  it('is not touched by what callers do to the bodies they handed in or got', () => {
    const body = { tags: ['late'] };
    store.documents.upsert('sleep', 'start', [{ ...daily('a', '2026-02-01'), body }], context());
    body.tags.push('changed outside');
    const got = store.documents.find('sleep', 'a')?.body as typeof body; // the body above
    got.tags.push('changed outside');
    assert.deepEqual(store.documents.find('sleep', 'a')?.body, { tags: ['late'] });
  });

  it('writes and logs nothing when the same content comes again, whatever the order of its keys', () => {
    store.documents.upsert('sleep', 'start', [{ ...daily('a', '2026-02-01'), body: { x: 1, y: { p: 1, q: [2] } } }], context({ at: 1000 }));
    const again = { ...daily('a', '2026-02-01'), body: { y: { q: [2], p: 1 }, x: 1 } };
    assert.deepEqual(store.documents.upsert('sleep', 'start', [again], context({ at: 2000 })), []);
    assert.equal(store.documents.find('sleep', 'a')?.changedAt, 1000);
    assert.equal(store.changes.head(), 1);
  });

  it('files the same content anew without a change when its day or start is read differently', () => {
    const document = daily('a', '2026-02-01');
    store.documents.upsert('sleep', 'start', [document], context({ at: 1000 }));
    const read = { ...document, day: '2026-02-02', start: '2026-02-02T01:00:00Z', end: '2026-02-02T07:00:00Z' };
    assert.deepEqual(store.documents.upsert('sleep', 'start', [read], context({ at: 2000 })), []);
    const { day, start, end, changedAt } = store.documents.find('sleep', 'a') ?? {};
    assert.deepEqual([day, start, end, changedAt], ['2026-02-02', '2026-02-02T01:00:00Z', '2026-02-02T07:00:00Z', 1000]);
    assert.equal(store.documents.range('sleep', '2026-02-02', '2026-02-02').length, 1);
  });

  it('treats an array in another order as a change', () => {
    store.documents.upsert('sleep', 'start', [{ ...daily('a', '2026-02-01'), body: { x: [1, 2] } }], context());
    const changes = store.documents.upsert('sleep', 'start', [{ ...daily('a', '2026-02-01'), body: { x: [2, 1] } }], context());
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ['updated'],
    );
  });

  it('keeps endpoints apart, also for equal ids', () => {
    store.documents.upsert('sleep', 'start', [daily('a', '2026-02-01')], context());
    store.documents.upsert('daily_sleep', 'day', [daily('a', '2026-02-03')], context());
    assert.equal(store.documents.find('sleep', 'a')?.day, '2026-02-01');
    assert.equal(store.documents.find('workout', 'a'), null);
    assert.deepEqual([ids('sleep'), ids('daily_sleep'), ids('workout')], [['a'], ['a'], []]);
  });

  it('deletes a document once', () => {
    store.documents.upsert('sleep', 'start', [daily('a', '2026-02-01', { score: 1 })], context());
    const change = store.documents.delete('sleep', 'a', context({ via: 'webhook', at: 3000 }));
    assert.deepEqual(change, {
      seq: 2,
      endpoint: 'sleep',
      kind: 'deleted',
      id: 'a',
      day: '2026-02-01',
      body: null,
      previous: { id: 'a', day: '2026-02-01', score: 1 },
      historic: false,
      via: 'webhook',
      at: 3000,
    });
    assert.equal(store.documents.find('sleep', 'a'), null);
    assert.equal(store.documents.delete('sleep', 'a', context()), null);
    assert.equal(store.documents.delete('never', 'a', context()), null);
    assert.equal(store.changes.head(), 2);
  });

  describe('order', () => {
    it('LESSON: orders by day, then by the instant of the start whatever its offset, then by id', () => {
      store.documents.upsert(
        'sleep',
        'start',
        [
          { ...period('late', '2026-02-02T00:30:00+02:00'), day: '2026-02-02' }, // 22:30 UTC
          { ...period('early', '2026-02-01T22:10:00+00:00'), day: '2026-02-02' },
          { ...period('b', '2026-02-02T03:00:00Z'), day: '2026-02-02' },
          { ...period('a', '2026-02-02T05:00:00+02:00'), day: '2026-02-02' }, // 03:00 UTC
          daily('no start', '2026-02-02'),
          { ...period('day before', '2026-02-09T00:00:00Z'), day: '2026-02-01' },
          { ...daily('no day', ''), day: null },
        ],
        context(),
      );
      assert.deepEqual(ids('sleep'), ['no day', 'day before', 'no start', 'early', 'late', 'a', 'b']);
    });

    it('takes a start without an offset as UTC and one that is no time as none', () => {
      store.documents.upsert(
        'workout',
        'start',
        [
          { ...period('utc', '2026-02-01T10:00:00Z'), day: '2026-02-01' },
          { ...period('local', '2026-02-01T09:59:59'), day: '2026-02-01' },
          { ...period('odd', '2026-02-01 soon'), day: '2026-02-01' },
        ],
        context(),
      );
      assert.deepEqual(ids('workout'), ['odd', 'local', 'utc']);
    });

    it('gives the days asked for, both ends included, and those without a day only when no bound is given', () => {
      const days = ['2026-01-31', '2026-02-01', '2026-02-02', '2026-02-03'];
      store.documents.upsert('daily_sleep', 'day', [...days.map((day) => daily(day, day)), { ...daily('none', ''), day: null }], context());
      const range = (from: string | null, to: string | null): readonly string[] =>
        store.documents.range('daily_sleep', from, to).map(({ id }) => id);
      assert.deepEqual(range('2026-02-01', '2026-02-02'), ['2026-02-01', '2026-02-02']);
      assert.deepEqual(range('2026-02-02', null), ['2026-02-02', '2026-02-03']);
      assert.deepEqual(range(null, '2026-02-01'), ['2026-01-31', '2026-02-01']);
      assert.deepEqual(range('2026-02-03', '2026-02-01'), []);
      assert.deepEqual(range(null, null), ['none', ...days]);
    });

    it('LESSON: the newest is the last of the order, whatever came in last', () => {
      assert.equal(store.documents.newest('sleep'), null);
      store.documents.upsert('ring_configuration', 'start', [{ ...daily('ring', ''), day: null }], context());
      assert.equal(store.documents.newest('ring_configuration')?.id, 'ring');
      store.documents.upsert('sleep', 'start', [period('new', '2026-02-18T23:00:00Z'), period('old', '2026-02-10T23:00:00Z')], context());
      assert.equal(store.documents.newest('sleep')?.id, 'new');
      store.documents.delete('sleep', 'new', context());
      assert.equal(store.documents.newest('sleep')?.day, '2026-02-10');
    });

    it('moves a document whose day changed', () => {
      store.documents.upsert('daily_sleep', 'day', [daily('a', '2026-02-01'), daily('b', '2026-02-02')], context());
      store.documents.upsert('daily_sleep', 'day', [daily('a', '2026-02-03')], context());
      assert.deepEqual(ids('daily_sleep'), ['b', 'a']);
      assert.deepEqual(store.documents.range('daily_sleep', '2026-02-01', '2026-02-01'), []);
    });
  });

  describe('documents without an id', () => {
    it('a real id replaces the provisional one of the same day: an update, not a creation', () => {
      store.documents.upsert('vo2_max', 'day', [namelessDaily('2026-02-01', { v: 40 })], context({ at: 1000 }));
      const changes = store.documents.upsert('vo2_max', 'day', [daily('real', '2026-02-01', { v: 40 })], context({ at: 2000 }));
      assert.deepEqual(
        changes.map(({ seq, kind, id, previous }) => ({ seq, kind, id, previous })),
        [{ seq: 2, kind: 'updated', id: 'real', previous: { day: '2026-02-01', v: 40 } }],
      );
      assert.deepEqual(ids('vo2_max'), ['real']);
      assert.equal(store.documents.find('vo2_max', 'day:2026-02-01'), null);
      const { provisional, seenAt } = store.documents.find('vo2_max', 'real') ?? {};
      assert.deepEqual([provisional, seenAt], [false, 1000]);
    });

    it('a real id replaces the provisional one also when nothing else changed', () => {
      const nameless = namelessDaily('2026-02-01', { v: 40 });
      store.documents.upsert('vo2_max', 'day', [nameless], context());
      const changes = store.documents.upsert('vo2_max', 'day', [{ ...nameless, id: 'real', provisional: false }], context());
      assert.deepEqual(
        changes.map(({ kind, id }) => [kind, id]),
        [['updated', 'real']],
      );
      assert.deepEqual(ids('vo2_max'), ['real']);
    });

    it('a document without an id meets the stored one of the same day and keeps its real id', () => {
      store.documents.upsert('vo2_max', 'day', [daily('real', '2026-02-01', { v: 40 })], context());
      const changes = store.documents.upsert('vo2_max', 'day', [namelessDaily('2026-02-01', { v: 41 })], context());
      assert.deepEqual(
        changes.map(({ kind, id, previous }) => [kind, id, previous?.['v']]),
        [['updated', 'real', 40]],
      );
      assert.deepEqual(ids('vo2_max'), ['real']);
      assert.equal(store.documents.find('vo2_max', 'real')?.provisional, false);
      assert.deepEqual(store.documents.upsert('vo2_max', 'day', [namelessDaily('2026-02-01', { v: 41 })], context()), []);
    });

    it('matches by start instant, whatever offset it is spelled with', () => {
      store.documents.upsert('workout', 'start', [namelessPeriod('2026-02-01T10:00:00+02:00', 1)], context());
      store.documents.upsert('workout', 'start', [period('real', '2026-02-01T08:00:00Z')], context());
      assert.deepEqual(ids('workout'), ['real']);
      store.documents.upsert('tag', 'start', [namelessPeriod('2026-02-01T10:00:00+02:00', 1, { text: 'a' })], context());
      const changes = store.documents.upsert('tag', 'start', [namelessPeriod('2026-02-01T08:00:00Z', 1, { text: 'b' })], context());
      assert.deepEqual(
        changes.map(({ kind }) => kind),
        ['updated'],
      );
      assert.equal(store.documents.range('tag', null, null).length, 1);
    });

    it('does not match another day, another start, or documents without either', () => {
      store.documents.upsert(
        'vo2_max',
        'day',
        [namelessDaily('2026-02-01'), { ...namelessDaily(''), day: null, id: 'day:none' }],
        context(),
      );
      const others = [daily('real', '2026-02-02'), { ...daily('dayless', ''), day: null }];
      assert.deepEqual(
        store.documents.upsert('vo2_max', 'day', others, context()).map(({ kind }) => kind),
        ['created', 'created'],
      );
      assert.equal(ids('vo2_max').length, 4);
    });

    it('two real documents of one day stay two', () => {
      store.documents.upsert('daily_sleep', 'day', [daily('a', '2026-02-01'), daily('b', '2026-02-01')], context());
      assert.deepEqual(ids('daily_sleep'), ['a', 'b']);
    });

    it('pairs several of the same start by their ordinal, in both directions', () => {
      const start = '2026-02-01T10:00:00+00:00';
      const nameless = [1, 2, 3].map((n) => namelessPeriod(start, n, { n }));
      const named = [1, 2, 3].map((n) => period(`real ${n}`, start, { n }));
      store.documents.upsert('tag', 'start', nameless, context());
      const replaced = store.documents.upsert('tag', 'start', named, context());
      assert.deepEqual(
        replaced.map(({ kind, previous }) => [kind, previous?.['n']]),
        [
          ['updated', 1],
          ['updated', 2],
          ['updated', 3],
        ],
      );
      const met = store.documents.upsert(
        'tag',
        'start',
        nameless.map((one) => ({ ...one, body: { ...one.body, late: true } })),
        context(),
      );
      assert.deepEqual(
        met.map(({ id, previous }) => [id, previous?.['n']]),
        [
          ['real 1', 1],
          ['real 2', 2],
          ['real 3', 3],
        ],
      );
      assert.deepEqual(ids('tag'), ['real 1', 'real 2', 'real 3']);
    });

    it('a further one of the same start is new', () => {
      const start = '2026-02-01T10:00:00+00:00';
      store.documents.upsert('tag', 'start', [period('real', start, { n: 1 })], context());
      const changes = store.documents.upsert(
        'tag',
        'start',
        [namelessPeriod(start, 1, { n: 1 }), namelessPeriod(start, 2, { n: 2 })],
        context(),
      );
      assert.deepEqual(
        changes.map(({ kind, id }) => [kind, id]),
        [
          ['updated', 'real'],
          ['created', `start:${start}#2`],
        ],
      );
      const later = store.documents.upsert('tag', 'start', [period('real', start, { n: 1 }), period('real 2', start, { n: 2 })], context());
      assert.deepEqual(
        later.map(({ kind, id, previous }) => [kind, id, previous?.['n']]),
        [
          ['updated', 'real', 1],
          ['updated', 'real 2', 2],
        ],
      );
    });

    it('does not merge two documents of one delivery into one', () => {
      const start = '2026-02-01T10:00:00+00:00';
      const mixed = [period('real', start, { n: 1 }), namelessPeriod(start, 1, { n: 2 })];
      store.documents.upsert('tag', 'start', mixed, context());
      assert.deepEqual(store.documents.upsert('tag', 'start', mixed, context()), []);
      assert.deepEqual(
        store.documents.range('tag', null, null).map(({ body }) => body['n']),
        [1, 2],
      );
      const changes = store.documents.upsert(
        'tag',
        'start',
        [period('real', start, { n: 1 }), period('second', start, { n: 2 })],
        context(),
      );
      assert.deepEqual(
        changes.map(({ kind, id, previous }) => [kind, id, previous?.['n']]),
        [['updated', 'second', 2]],
      );
    });
  });
}
