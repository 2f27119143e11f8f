import assert from 'node:assert/strict';
import { instantOf, type Instant } from '../../lib/catalogue/readers/instant-of';
import type { Documents, StoredDocument } from '../../lib/ports/documents';
import { livedClock } from '../../lib/sync/lived-clock';
import { localSlots, type LocalSlots } from '../../lib/sync/local-slots';
import type { Night } from '../../lib/sync/nights';

const DAY = 86_400_000;
const HELSINKI = 'Europe/Helsinki';

function instant(text: string): Instant {
  const found = instantOf(text);
  assert.ok(found !== null, text);
  return found;
}

/** A night from 23:00 to 7:00 by a clock. */
const night = (day: string, offset: string): Night => {
  const end = instant(`${day}T07:00:00${offset}`);
  return { start: { ...end, ms: end.ms - DAY / 3 }, end };
};
/** Where the ring was last, by its activity. */
const activity = (timestamp: string | null): Pick<Documents, 'range'> => ({
  range: () =>
    timestamp === null
      ? []
      : [
          {
            endpoint: 'daily_activity',
            id: 'a',
            provisional: false,
            day: null,
            start: null,
            end: null,
            body: { timestamp },
            seenAt: 0,
            changedAt: 0,
          } satisfies StoredDocument,
        ],
});
const clockOf = (zone: string, nights: readonly Night[], timestamp: string | null = null): LocalSlots =>
  livedClock(activity(timestamp), nights, '2026-03-13', zone);
const minuteAt = (nights: readonly Night[], text: string, zone = HELSINKI): number => clockOf(zone, nights)(Date.parse(text)).minute;

describe('the clock a person lived by', () => {
  const home = [night('2026-03-10', '+02:00'), night('2026-03-11', '+02:00')];
  const tokyo = [night('2026-03-12', '+09:00'), night('2026-03-13', '+09:00')];

  it('is the zone’s own where every night was slept by it, over the change to daylight saving too', () => {
    const nights = [night('2026-03-28', '+02:00'), night('2026-03-30', '+03:00')];
    for (let ms = Date.parse('2026-03-27T00:00:00Z'); ms < Date.parse('2026-04-01T00:00:00Z'); ms += DAY / 6) {
      assert.deepEqual(clockOf(HELSINKI, nights)(ms), localSlots(HELSINKI)(ms));
    }
  });

  it('was another one on a journey that is over: from the first bedtime there to the first back home', () => {
    const nights = [...home, ...tokyo, night('2026-03-14', '+02:00')];
    assert.equal(minuteAt(nights, '2026-03-11T12:00:00+02:00'), 12 * 60);
    assert.equal(minuteAt(nights, '2026-03-12T07:00:00+09:00'), 7 * 60);
    assert.equal(minuteAt(nights, '2026-03-13T12:00:00+09:00'), 12 * 60);
    assert.equal(minuteAt(nights, '2026-03-14T07:00:00+02:00'), 7 * 60);
    assert.equal(clockOf(HELSINKI, nights)(Date.parse('2026-03-12T07:00:00+09:00')).slot, 3 * 24 + 7); // a Thursday there
  });

  it('was the one at home before a journey that goes on', () => {
    const nights = [...home, ...tokyo];
    assert.equal(minuteAt(nights, '2026-03-11T12:00:00+02:00', 'UTC+9'), 12 * 60);
    assert.equal(minuteAt(nights, '2026-03-13T20:00:00+09:00', 'UTC+9'), 20 * 60);
    assert.equal(minuteAt(nights, '2026-02-01T12:00:00+02:00', 'UTC+9'), 12 * 60); // before all of them: as with the first
  });

  it('was the one at home also before the first night abroad, as soon as the ring’s activity tells of the journey', () => {
    const clock = clockOf('UTC+9', home, '2026-03-12T04:00:00+09:00');
    assert.equal(clock(Date.parse('2026-03-10T12:00:00+02:00')).minute, 12 * 60);
    assert.equal(clock(Date.parse('2026-03-11T07:00:00+02:00')).minute, 7 * 60); // the end of the newest night
    assert.equal(clock(Date.parse('2026-03-12T12:00:00+09:00')).minute, 12 * 60);
    const fixed = clockOf(HELSINKI, home, '2026-03-12T04:00:00+09:00'); // the person wants days to be counted by the clock at home
    assert.equal(fixed(Date.parse('2026-03-12T12:00:00+02:00')).minute, 12 * 60);
  });

  it('is the zone’s own where somebody has chosen one that the newest night was not slept by, where none is known, or none names its offset', () => {
    const unnamed = tokyo.map(({ start, end }) => ({ start, end: { ...end, offset: null } }));
    for (const nights of [[...home, ...tokyo], [], unnamed]) {
      const at = Date.parse('2026-03-13T12:00:00+09:00');
      assert.deepEqual(clockOf(HELSINKI, nights)(at), localSlots(HELSINKI)(at));
    }
  });
});
