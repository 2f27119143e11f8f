import assert from 'node:assert/strict';
import fc from 'fast-check';
import { localSlots } from '../../lib/sync/local-slots';
import { nightArrivals, nightRateAt, NIGHT_STEP, type NightArrivals } from '../../lib/sync/night-arrivals';
import type { Sighting } from '../../lib/sync/rhythm';
import { USUAL_WAKING, type Waking } from '../../lib/sync/waking';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-03-16T00:00:00Z'); // a Monday

/** The app was opened each day at a time, some weeks long. @param isOpened whether it was at all, by days ago */
function openings(hour: (weekday: number) => number, isOpened: (ago: number) => boolean = () => true): readonly Sighting[] {
  const own: Sighting = { at: NOW - 42 * DAY, seenAt: NOW - 42 * DAY, app: false };
  const all = Array.from({ length: 42 }, (_, n) => 42 - n).filter(isOpened);
  return [
    own,
    ...all.map((ago) => {
      const day = NOW - ago * DAY;
      const at = day + hour(new Date(day).getUTCDay()) * HOUR;
      return { at, seenAt: at, app: true };
    }),
  ];
}

const learn = (sightings: readonly Sighting[], waking: Waking = USUAL_WAKING): NightArrivals =>
  nightArrivals(sightings, waking, localSlots('UTC'), NOW);
/** Chance an hour at a time of that Monday, or of the Saturday after. */
const rate = (nights: NightArrivals, time: string, appAt: string | null = null, day = '2026-03-16'): number => {
  const at = Date.parse(`${day}T${time}:00Z`);
  return nightRateAt(nights, localSlots('UTC')(at), at, appAt === null ? null : Date.parse(appAt), USUAL_WAKING);
};
/** Chance that a night comes at all that day. */
const chance = ([working]: NightArrivals): number => {
  let left = 1;
  for (const hazard of working?.slice((4 * 60) / NIGHT_STEP) ?? []) left *= Math.exp(-(hazard * NIGHT_STEP) / 60);
  return 1 - left;
};

describe('when last night comes', () => {
  it('is in the hours after waking, as long as nothing was seen, on all days', () => {
    const usual = learn([]);
    assert.ok(rate(usual, '08:00') > 0.3);
    assert.equal(rate(usual, '05:00'), 0);
    assert.equal(rate(usual, '15:00'), 0);
    assert.deepEqual(usual[0], usual[1]);
  });

  it('is learned from when it came', () => {
    const evening = learn(openings(() => 19));
    assert.ok(rate(evening, '19:00') > 5 * rate(evening, '08:00'));
    assert.ok(rate(evening, '19:00') > 50 * rate(evening, '15:00'));
  });

  it('is another time on weekends', () => {
    const nights = learn(openings((weekday) => (weekday === 0 || weekday === 6 ? 10 : 7.5)));
    assert.ok(rate(nights, '07:30') > 1.5 * rate(nights, '07:30', null, '2026-03-21'));
    assert.ok(rate(nights, '10:00', null, '2026-03-21') > 3 * rate(nights, '07:30', null, '2026-03-21'));
  });

  it('becomes more probable the longer it has not come, and does not come twice', () => {
    const nights = learn(openings(() => 8));
    assert.ok(rate(nights, '08:20') > rate(nights, '07:40')); // as far from 8:00
    assert.equal(rate(nights, '08:20', '2026-03-16T08:00:00Z'), 0);
    assert.ok(rate(nights, '08:20', '2026-03-15T08:00:00Z') > 0);
  });

  it('belongs to the evening before until some hours before waking', () => {
    const nights = learn(openings(() => 8));
    assert.ok(rate(nights, '08:00', '2026-03-16T03:50:00Z') > 0);
    assert.equal(rate(nights, '08:00', '2026-03-16T04:10:00Z'), 0);
  });

  it('is less probable for somebody who forgets the app on most days', () => {
    const [often, seldom] = [
      learn(openings(() => 8)),
      learn(
        openings(
          () => 8,
          (ago) => ago % 3 === 0,
        ),
      ),
    ];
    assert.ok(chance(often) > 0.8, String(chance(often)));
    assert.ok(chance(seldom) > 0.2 && chance(seldom) < 0.5, String(chance(seldom)));
  });

  it('is as probable after two weeks in a drawer as before', () => {
    const worn = openings(
      () => 8,
      (ago) => ago > 14,
    );
    const [before, after] = [nightArrivals(worn, USUAL_WAKING, localSlots('UTC'), NOW - 14 * DAY), learn(worn)];
    assert.ok(chance(after) > chance(before) - 0.15, `${String(chance(before))} became ${String(chance(after))}`);
  });

  it('knows no end of the day at midnight: who works at night wakes in the afternoon', () => {
    const waking: Waking = { from: 15 * 60, to: 8 * 60 };
    const at = NOW + 0.5 * HOUR;
    const nights = learn(
      openings(() => 16),
      waking,
    );
    const local = localSlots('UTC')(at);
    assert.equal(nightRateAt(nights, local, at, NOW - 8 * HOUR, waking), 0);
    assert.ok(nightRateAt(nights, localSlots('UTC')(NOW + 16 * HOUR), NOW + 16 * HOUR, NOW - 8 * HOUR, waking) > 1);
  });

  it('is a finite number, never below 0, whatever was seen', () => {
    const seen = fc.array(fc.record({ ago: fc.integer({ min: -DAY, max: 70 * DAY }), app: fc.boolean() }), { maxLength: 80 });
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(seen, minute, minute, fc.constantFrom('UTC', 'Pacific/Apia', 'America/St_Johns'), (all, from, to, zone) => {
        const sightings = all.map(({ ago, app }) => ({ at: NOW - ago, seenAt: NOW - ago, app })).toSorted((a, b) => a.at - b.at);
        for (const hazard of nightArrivals(sightings, { from, to }, localSlots(zone), NOW).flat())
          assert.ok(Number.isFinite(hazard) && hazard >= 0);
      }),
      { numRuns: 100 },
    );
  });
});
