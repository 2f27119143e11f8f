import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createMemoryStore } from '../../lib/store/memory-store';
import { identifyDocuments } from '../../lib/sync/identify-documents';
import { addDays } from '../../lib/sync/local-day';
import { dayBegins, isAwake, mayBringNight, minutesAwake, USUAL_WAKING, wakingOf } from '../../lib/sync/waking';
import { night } from '../support/days';

const TODAY = '2026-03-15';

interface Sleep {
  /** Days before today. */
  readonly ago: number;
  /** ISO texts after the day of the bedtime and of the end. */
  readonly from: string;
  readonly to: string;
  /** It began on the day before. */
  readonly overnight?: boolean;
  readonly type?: string;
}

/** Waking hours of somebody with these sleeps in the store. */
function wakingWith(sleeps: readonly Sleep[], zone = 'UTC', today = TODAY) {
  const store = createMemoryStore();
  const bodies = sleeps.map(({ ago, from, to, overnight = false, type = 'long_sleep' }, index) => {
    const day = addDays(TODAY, -ago);
    const bedtime = `${overnight ? addDays(day, -1) : day}T${from}`;
    return night(day, { id: `s${String(index)}`, bedtime_start: bedtime, bedtime_end: `${day}T${to}`, type }).body;
  });
  store.documents.upsert('sleep', 'start', identifyDocuments('sleep', bodies), { via: 'poll', historic: false, at: 0 });
  return wakingOf(store.documents, today, zone);
}

const nights = (agos: readonly number[], from: string, to: string, overnight = true): readonly Sleep[] =>
  agos.map((ago) => ({ ago, from, to, overnight }));

describe('the hours a person is awake', () => {
  it('are 7:00 to 23:00 until enough nights are stored', () => {
    assert.deepEqual(wakingWith([]), USUAL_WAKING);
    assert.deepEqual(wakingWith(nights([0, 1], '21:00:00Z', '05:00:00Z')), USUAL_WAKING);
    assert.deepEqual(USUAL_WAKING, { from: 420, to: 1380 });
  });

  it('begin half an hour before the usual end of the night and end half an hour after the usual bedtime', () => {
    assert.deepEqual(wakingWith(nights([0, 1, 2, 3], '22:30:00Z', '06:30:00Z')), { from: 360, to: 1380 });
  });

  it('are counted in the zone of the person', () => {
    assert.deepEqual(wakingWith(nights([0, 1, 2], '22:30:00+02:00', '06:30:00+02:00'), 'Europe/Helsinki'), { from: 360, to: 1380 });
    assert.deepEqual(wakingWith(nights([0, 1, 2], '22:30:00Z', '06:30:00Z'), 'Asia/Kathmandu'), { from: 705, to: 285 });
  });

  it('are those by the clock of the place: who sleeps from 23 to 7 at home does so abroad, from the first night there', () => {
    const home = nights([1, 2, 3], '23:00:00+02:00', '07:00:00+02:00');
    const abroad = nights([0], '23:00:00-08:00', '07:00:00-08:00');
    assert.deepEqual(wakingWith([...home, ...abroad], 'UTC-8'), { from: 390, to: 1410 });
    assert.deepEqual(wakingWith([...nights([1, 2, 3], '23:00:00-08:00', '07:00:00-08:00'), ...nights([0], '23:00:00Z', '07:00:00Z')]), {
      from: 390,
      to: 1410,
    });
  });

  it('say from when on a sync may bring last night: three hours before waking, 4:00 at the latest', () => {
    const first = (from: number): number =>
      Array.from({ length: 1440 }, (_, minute) => minute).findIndex((at) => mayBringNight({ from, to: 0 }, at));
    assert.deepEqual([420, 360, 900, 100].map(first), [240, 180, 240, 0]);
    assert.deepEqual(
      [420, 100].map((from) => dayBegins({ from, to: 0 })),
      [240, 1360],
    );
  });

  it('may end after midnight: who goes to bed at 0:45 is awake at 1:00 and asleep at 2:00', () => {
    const waking = wakingWith(nights([0, 1, 2], '00:45:00Z', '09:00:00Z', false));
    assert.deepEqual(waking, { from: 510, to: 75 });
    assert.deepEqual(
      [60, 120, 505, 515, 1439].map((minute) => isAwake(waking, minute)),
      [true, false, false, true, true],
    );
  });

  it('move with a shift worker within days', () => {
    const early = nights([3, 4, 5, 6, 7], '21:00:00Z', '05:00:00Z');
    const late = nights([0, 1, 2], '08:00:00Z', '16:00:00Z', false);
    assert.equal(isAwake(wakingWith(early, 'UTC', addDays(TODAY, -3)), 12 * 60), true);
    const waking = wakingWith([...early, ...late]);
    assert.equal(isAwake(waking, 12 * 60), false);
    assert.equal(isAwake(waking, 20 * 60), true);
  });

  it('move with the second night that ends at another time', () => {
    const early = nights([2, 3, 4], '21:00:00Z', '05:00:00Z');
    const late = nights([0, 1], '08:00:00Z', '16:00:00Z', false);
    assert.deepEqual(wakingWith([...early, ...late]), { from: 930, to: 510 });
  });

  it('are not moved by one night of dancing, and hardly by mornings of a weekend', () => {
    const early = nights([1, 2, 3, 4], '22:30:00Z', '06:30:00Z');
    assert.deepEqual(wakingWith([...early, ...nights([0], '04:00:00Z', '12:00:00Z', false)]), { from: 360, to: 1380 });
    const weekend = wakingWith([...nights([2, 3, 4], '22:30:00Z', '06:30:00Z'), ...nights([0, 1], '02:00:00Z', '10:00:00Z', false)]);
    assert.ok(weekend.from > 360 && weekend.from < 480, String(weekend.from));
  });

  it('come from main sleeps: a nap moves nothing', () => {
    const usual = nights([0, 1, 2], '22:30:00Z', '06:30:00Z');
    const nap = { ago: 0, from: '14:00:00Z', to: '15:00:00Z', type: 'late_nap' };
    assert.deepEqual(wakingWith([...usual, nap]), wakingWith(usual));
  });

  it('last from waking to bedtime, and tell how long the person has been up', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(minute, minute, minute, (from, to, at) => {
        const waking = { from, to };
        const inside = from <= to ? at >= from && at < to : at >= from || at < to;
        assert.equal(isAwake(waking, at), inside);
        const awake = minutesAwake(waking, at);
        assert.equal(awake === null, !inside);
        if (awake !== null) assert.equal((from + awake) % 1440, at);
        assert.equal(isAwake(waking, at - 1440), inside);
        assert.equal(isAwake(waking, at + 1440), inside);
      }),
    );
  });
});
