import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Body } from '../../../lib/ports/documents';
import type { PersonStore } from '../../../lib/ports/person-store';
import type { IncomingRow } from '../../../lib/ports/series';
import { beat, context } from '../support/build';

const FIRST = Date.parse('2026-02-01T00:00:00Z');

/** What every store must do with time series. */
export function seriesContract(open: () => PersonStore): void {
  let store: PersonStore;
  beforeEach(() => {
    store = open();
  });
  const all = (): readonly IncomingRow[] => store.series.range('heartrate', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const bpm = (rows: readonly IncomingRow[]): readonly unknown[] => rows.map(({ body }) => body['bpm']);
  const append = (rows: readonly IncomingRow[]): number | null => store.series.append('heartrate', rows, context())?.change.seq ?? null;

  it('gives rows back oldest first, whatever the order they came in', () => {
    append([beat('2026-02-01T10:10:00Z', 3), beat('2026-02-01T10:00:00Z', 1)]);
    append([beat('2026-02-01T10:05:00Z', 2), beat('2026-01-31T10:00:00Z', 0), beat('2026-02-01T10:15:00Z', 4)]);
    assert.deepEqual(bpm(all()), [0, 1, 2, 3, 4]);
    assert.deepEqual(store.series.range('ring_battery_level', 0, Number.MAX_SAFE_INTEGER), []);
  });

  it('includes the first instant of a range and not the last', () => {
    append([0, 1, 2, 3].map((n) => beat(new Date(FIRST + n * 1000).toISOString(), n)));
    assert.deepEqual(bpm(store.series.range('heartrate', FIRST + 1000, FIRST + 3000)), [1, 2]);
    assert.deepEqual(store.series.range('heartrate', FIRST + 3000, FIRST + 1000), []);
  });

  it('LESSON: the newest row is the latest, not the first or last delivered', () => {
    assert.equal(store.series.newest('heartrate'), null);
    append([beat('2026-02-01T10:00:00Z', 1), beat('2026-02-01T10:20:00Z', 3)]);
    append([beat('2026-02-01T10:10:00Z', 2)]);
    assert.deepEqual(store.series.newest('heartrate'), beat('2026-02-01T10:20:00Z', 3));
  });

  it('writes and logs nothing when the same rows come again, whatever the order of their keys', () => {
    assert.equal(append([beat('2026-02-01T10:00:00Z', 60)]), 1);
    const { time } = beat('2026-02-01T10:00:00Z', 60);
    assert.equal(append([{ time, body: { timestamp: '2026-02-01T10:00:00Z', source: 'awake', bpm: 60 } }]), null);
    assert.equal(append([]), null);
    assert.equal(store.changes.head(), 1);
    assert.deepEqual(Object.keys(all()[0]?.body ?? {}), ['bpm', 'source', 'timestamp']);
  });

  it('keeps several rows of one instant in the order delivered, and does not grow when they come again', () => {
    const rows = [beat('2026-02-01T10:00:00Z', 60), beat('2026-02-01T10:00:00Z', 70), beat('2026-02-01T10:00:00Z', 60)];
    append(rows);
    assert.deepEqual(bpm(all()), [60, 70, 60]);
    assert.equal(append(rows), null);
    assert.equal(all().length, 3);
  });

  it('keeps what is stored when an instant comes with fewer rows', () => {
    append([beat('2026-02-01T10:00:00Z', 60), beat('2026-02-01T10:00:00Z', 70)]);
    append([beat('2026-02-01T10:00:00Z', 61)]);
    assert.deepEqual(bpm(all()), [61, 70]);
  });

  it('replaces a row whose content changed, also when its fields are others', () => {
    append([beat('2026-02-01T10:00:00Z', 60)]);
    const other = {
      time: Date.parse('2026-02-01T10:00:00Z'),
      body: { timestamp: '2026-02-01T10:00:00Z', bpm: null, quality: { level: 2 } },
    };
    assert.equal(append([other]), 2);
    assert.deepEqual(all(), [other]);
  });

  it('names in the log the rows an append brought, and none of those it did not change', () => {
    append([beat('2026-02-01T10:00:00Z', 1), beat('2026-02-01T10:10:00Z', 2)]);
    const appended = store.series.append(
      'heartrate',
      [1, 2, 9].map((n) => beat(`2026-02-01T10:${n === 9 ? '05' : `${n - 1}0`}:00Z`, n)),
      {
        via: 'backfill',
        historic: true,
        at: 5000,
      },
    );
    assert.equal(appended?.rows, 1);
    assert.deepEqual(appended.change, {
      seq: 2,
      endpoint: 'heartrate',
      kind: 'created',
      id: null,
      day: null,
      body: null,
      previous: null,
      historic: true,
      via: 'backfill',
      at: 5000,
    });
    assert.deepEqual(store.changes.read({ after: 1, limit: 10 }), [appended.change]);
    assert.deepEqual(bpm(store.series.changedRows(1)), [1, 2]);
    assert.deepEqual(bpm(store.series.changedRows(2)), [9]);
    assert.deepEqual(store.series.changedRows(3), []);
  });

  it('names only rows that still are as the entry left them', () => {
    append([beat('2026-02-01T10:00:00Z', 1), beat('2026-02-01T10:10:00Z', 2)]);
    append([beat('2026-02-01T10:10:00Z', 3)]);
    assert.deepEqual(bpm(store.series.changedRows(1)), [1]);
    assert.deepEqual(bpm(store.series.changedRows(2)), [3]);
    store.documents.upsert('sleep', 'start', [{ id: 'a', provisional: false, day: null, start: null, end: null, body: {} }], context());
    assert.deepEqual(store.series.changedRows(3), [], 'the entry of a document has no rows');
  });

  it('gives any rows back exactly, keys in their order: nested values, odd timestamps, several of one instant', () => {
    fc.assert(
      fc.property(fc.array(rows(), { maxLength: 12 }), (incoming) => {
        const fresh = open();
        fresh.series.append('heartrate', incoming, context());
        const expected = incoming.toSorted((a, b) => a.time - b.time); // stable: equal instants in the order delivered
        const got = fresh.series.range('heartrate', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
        assert.deepEqual(got, expected);
        assert.equal(JSON.stringify(got), JSON.stringify(expected)); // deepEqual does not see the order of keys
        assert.equal(fresh.series.append('heartrate', incoming, context()), null);
        fresh.close();
      }),
      { numRuns: 60 },
    );
  });
}

/** Rows as the API might send them one day. */
function rows(): fc.Arbitrary<IncomingRow> {
  const time = fc.oneof(
    fc.constantFrom(FIRST, FIRST + 1000, FIRST + 1001, 0, -1, Date.parse('2262-04-12T00:00:00Z')),
    fc.integer({ min: -62135596800000, max: 253402300799999 }), // the years 1 to 9999
  );
  return time.chain((ms) => {
    const iso = new Date(ms).toISOString();
    const spellings = [
      iso,
      iso.replace('.000Z', 'Z'),
      iso.replace('Z', '+00:00'),
      iso.replace('.000Z', '+00:00'),
      iso.replace('Z', '+02:00'),
    ];
    const odd = [iso.toLowerCase(), iso.replace('T', ' '), `${iso} `, iso.replace('Z', '000Z'), '2026-02-01', String(ms)];
    const value = fc.oneof(fc.constantFrom<unknown>(...spellings, ...odd, ms, ms / 1000, null, true, false, 0, ''), fc.jsonValue());
    const key = fc.oneof(fc.constantFrom('timestamp', 'bpm', 'source', 'timestamp_unix', '__proto__', 'constructor', '7', ''), fc.string());
    const entries = fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 6 });
    const parsed = (pairs: [string, unknown][]): Body => JSON.parse(JSON.stringify(Object.fromEntries(pairs))) as Body; // no -0 in JSON
    return entries.map((pairs) => ({ time: ms, body: parsed(pairs) }));
  });
}
