import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { LIMITS } from '../../lib/catalogue/limits';
import { GAP_MS, rateAt, rhythmOf, valueAt, type Rhythm, type Sighting } from '../../lib/sync/rhythm';
import { USUAL_WAKING } from '../../lib/sync/waking';
import { seenAt } from './support/situation';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-03-16T00:00:00Z'); // a Monday
const learn = (sightings: readonly Sighting[], now = NOW, zone = 'UTC'): Rhythm => rhythmOf(sightings, USUAL_WAKING, zone, now);

/** Instants at local times of the days before NOW, oldest first. @param ofDay local times of a day, as `8:00`; weekday 1 = Monday */
function syncs(days: number, zone: string, ofDay: (weekday: number, ago: number) => readonly string[]): readonly Sighting[] {
  const today = DateTime.fromMillis(NOW, { zone }).startOf('day');
  const instants = Array.from({ length: days }, (_, index) => days - index).flatMap((ago) => {
    const day = today.minus({ days: ago });
    return ofDay(day.weekday, ago).map((time) => {
      const [hour = 0, minute = 0] = time.split(':').map(Number);
      return day.set({ hour, minute }).toMillis();
    });
  });
  return seenAt(...instants.filter((at) => at < NOW));
}

const slotOf = (weekday: number, hour: number): number => 24 * (weekday - 1) + hour;
/** Mean over the week of the rate at a local hour. */
const hourly = ({ rates }: Rhythm, hour: number): number =>
  [1, 2, 3, 4, 5, 6, 7].reduce((sum, weekday) => sum + (rates[slotOf(weekday, hour)] ?? NaN), 0) / 7;

describe('the rhythm of a ring of which nothing was seen', () => {
  const usual = learn([]);

  it('is more by day than at night, most in the hour after waking', () => {
    for (const hour of [9, 12, 15, 18, 21]) assert.ok(hourly(usual, hour) > 5 * hourly(usual, 3), `at ${String(hour)}`);
    assert.ok(hourly(usual, 7) > hourly(usual, 12));
  });

  it('is the same on every day and after every pause', () => {
    for (let hour = 0; hour < 24; hour += 1)
      for (let weekday = 2; weekday <= 7; weekday += 1)
        assert.equal(usual.rates[slotOf(weekday, hour)], usual.rates[slotOf(1, hour)], `weekday ${String(weekday)}, ${String(hour)}:00`);
    assert.deepEqual(new Set(usual.gaps), new Set([1]));
  });

  it('moves with the hours the person is awake', () => {
    const worker = rhythmOf([], { from: 16 * 60, to: 8 * 60 }, 'UTC', NOW);
    assert.ok(hourly(worker, 3) > 5 * hourly(worker, 12));
  });

  it('costs something to watch', () => {
    assert.ok(usual.effort > 0);
  });
});

describe('the rhythm of a ring', () => {
  it('has its hours: three weeks of syncs at 8:00 and 20:00 tell where the next one will be', () => {
    for (const zone of ['UTC', 'Europe/Helsinki', 'America/St_Johns', 'UTC+5:45']) {
      const rhythm = learn(
        syncs(21, zone, () => ['8:00', '20:00']),
        NOW,
        zone,
      );
      const best = [hourly(rhythm, 8) + hourly(rhythm, 7), hourly(rhythm, 20) + hourly(rhythm, 19)]; // a sync at 8:00 ends the step before
      for (const hour of [3, 10, 12, 14, 16, 22])
        for (const sum of best) assert.ok(sum > 5 * hourly(rhythm, hour), `${zone} at ${String(hour)}: ${hourly(rhythm, hour)} and ${sum}`);
    }
  });

  it('follows the local clock when that changes: no hour between the old one and the new one', () => {
    const zone = 'America/New_York'; // summer time began on 8 March
    const rhythm = learn(
      syncs(21, zone, () => ['8:30', '20:30']),
      NOW,
      zone,
    );
    for (const hour of [7, 9, 19, 21]) assert.ok(hourly(rhythm, 8) > 5 * hourly(rhythm, hour), `at ${String(hour)}`);
  });

  it('has its weekdays: who wears it at weekends only is not asked for on Tuesdays', () => {
    const all = ['8:30', '10:00', '12:30', '15:20', '17:30', '20:00'];
    const rhythm = learn(syncs(42, 'UTC', (weekday) => (weekday >= 6 ? all : ['8:30'])));
    const daytime = (weekday: number): number => [12, 15, 17].reduce((sum, hour) => sum + (rhythm.rates[slotOf(weekday, hour)] ?? NaN), 0);
    for (const weekday of [1, 2, 3, 4, 5])
      for (const weekend of [6, 7]) assert.ok(daytime(weekend) > 1.3 * daytime(weekday), `${String(weekend)} and ${String(weekday)}`);
  });

  it('has its pauses: after a sync hardly anything for an hour, then more and more', () => {
    let state = 7; // the minimal standard generator
    const chance = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const instants: number[] = [];
    for (let at = NOW - 28 * DAY; at < NOW; at += (60 + 120 * chance()) * MINUTE) instants.push(at);
    const { gaps } = learn(seenAt(...instants));
    const hour = (from: number): number =>
      gaps.slice((from * HOUR) / GAP_MS, ((from + 1) * HOUR) / GAP_MS).reduce((sum, one) => sum + one) / 4;
    // hazard of a uniform distribution on 60 to 180 minutes: 0, then 1 / (180 - t)
    assert.ok(hour(0) < 0.2 * hour(1), `${hour(0)} and ${hour(1)}`);
    assert.ok(hour(1) < hour(2), `${hour(1)} and ${hour(2)}`);
  });

  it('changes: weeks ago counts less than last week', () => {
    const moved = learn(syncs(42, 'UTC', (_, ago) => (ago > 21 ? ['10:30', '10:45'] : ['16:30', '16:45'])));
    assert.ok(hourly(moved, 16) > 1.25 * hourly(moved, 10), `${hourly(moved, 16)} and ${hourly(moved, 10)}`);
    const back = learn(syncs(42, 'UTC', (_, ago) => (ago > 21 ? ['16:30', '16:45'] : ['10:30', '10:45'])));
    assert.ok(hourly(back, 10) > 1.25 * hourly(back, 16));
  });

  it('forgets what is more than six weeks old', () => {
    const recent = syncs(14, 'UTC', () => ['8:30', '12:30', '18:30']);
    const longAgo = (days: number, count: number): readonly Sighting[] =>
      seenAt(...Array.from({ length: count }, (_, index) => NOW - days * DAY + index * HOUR));
    const before = seenAt(NOW - 50 * DAY);
    const known = learn([...longAgo(100, 60), ...before, ...recent]);
    assert.deepEqual(known, learn([...longAgo(70, 200), ...before, ...recent]));
    const only = learn(recent);
    for (const hour of [3, 8, 12, 15]) assert.ok(Math.abs(hourly(known, hour) - hourly(only, hour)) < 0.2 * hourly(only, hour) + 0.01);
  });

  it('is not touched by days in a drawer', () => {
    const week = syncs(21, 'UTC', (_, ago) => (ago > 14 ? ['8:30', '12:30', '18:30'] : []));
    const end = week.at(-1)?.at ?? NaN;
    const before = learn(week, end + DAY);
    const after = learn(week, NOW);
    for (let hour = 0; hour < 24; hour += 1) {
      const [was, is] = [hourly(before, hour), hourly(after, hour)];
      assert.ok(is > 0.6 * was && is < 1.6 * was, `at ${String(hour)}: ${was} became ${is}`);
    }
  });

  it('is not muddled by openings of the app: the pause since the last sync of its own accord goes on', () => {
    const own = Array.from({ length: 28 * 12 }, (_, index) => NOW - 28 * DAY + index * 2 * HOUR); // every two hours
    const opened = Array.from({ length: 28 }, (_, index) => ({ at: NOW - 28 * DAY + index * DAY + 7.5 * HOUR }));
    const all: readonly Sighting[] = [...seenAt(...own), ...opened.map(({ at }) => ({ at, seenAt: at, app: true }))].toSorted(
      (a, b) => a.at - b.at,
    );
    const pause = ({ gaps }: Rhythm): number => gaps.indexOf(Math.max(...gaps));
    assert.equal(pause(learn(all)), pause(learn(seenAt(...own))));
    assert.ok((learn(all).gaps[1] ?? NaN) < 0.1, 'a sync half an hour after an opening is one two hours after the last');
  });

  const sightings = fc
    .array(fc.record({ ago: fc.integer({ min: -2 * DAY, max: 70 * DAY }), late: fc.nat({ max: HOUR }), app: fc.boolean() }), {
      maxLength: 60,
    })
    .map((all) => all.map(({ ago, late, app }) => ({ at: NOW - ago, seenAt: NOW - ago + late, app })).toSorted((a, b) => a.at - b.at));

  it('is made of finite numbers, none below 0, whatever was seen, and the same each time it is asked', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const zone = fc.constantFrom('UTC', 'Europe/Helsinki', 'America/St_Johns', 'Pacific/Apia', 'UTC+5:45');
    fc.assert(
      fc.property(sightings, minute, minute, zone, (seen, from, to, place) => {
        for (const one of seen) Object.freeze(one);
        const rhythm = rhythmOf(Object.freeze(seen), { from, to }, place, NOW);
        const { rates, gaps, effort } = rhythm;
        assert.equal(rates.length, 168);
        for (const value of [...rates, ...gaps, effort]) assert.ok(Number.isFinite(value) && value >= 0, String(value));
        assert.deepEqual(rhythmOf(seen, { from, to }, place, NOW), rhythm);
      }),
      { numRuns: 60 },
    );
  });

  it('never expects more than a sync in five minutes of a ring that syncs at most so often', () => {
    const often = learn(seenAt(...Array.from({ length: 14 * 288 }, (_, index) => NOW - 14 * DAY + index * 5 * MINUTE).slice(-600)));
    for (let slot = 0; slot < 168; slot += 1) assert.ok(rateAt(often, slot, 5 * MINUTE) < 30);
  });
});

describe('the syncs to expect at a moment', () => {
  const usual = learn([]);

  it('are those of the hour, where no sync was ever seen', () => {
    assert.equal(rateAt(usual, 12, null), usual.rates[12]);
  });

  it('become fewer with each day of silence, and never none', () => {
    const after = (days: number): number => rateAt(usual, 12, days * DAY);
    assert.equal(after(0.9), after(1));
    for (const days of [1, 2, 4, 8, 30]) assert.ok(after(2 * days) < after(days) && after(2 * days) > 0, `after ${String(days)} days`);
  });

  it('are those after a sync that was just seen where the clock was set back since', () => {
    assert.equal(rateAt(usual, 12, -DAY), rateAt(usual, 12, 0));
  });
});

describe('what a minute of delay is worth', () => {
  const at = (time: string, appAt: string | null): number => {
    const ms = Date.parse(`2026-03-15T${time}:00Z`);
    const minute = (ms % DAY) / MINUTE;
    return valueAt(USUAL_WAKING, minute, ms, appAt === null ? null : Date.parse(appAt));
  };

  it('is little while the person usually sleeps', () => {
    assert.equal(at('03:00', null), LIMITS.nightWeight);
    assert.equal(at('23:30', '2026-03-15T08:00:00Z'), LIMITS.nightWeight);
  });

  it('is most in the hours after waking, as long as last night has not come', () => {
    assert.equal(at('08:00', null), LIMITS.nightValue);
    assert.equal(at('08:00', '2026-03-14T08:00:00Z'), LIMITS.nightValue);
    assert.equal(at('08:00', '2026-03-15T06:59:00Z'), LIMITS.nightValue); // before waking
    assert.equal(at('08:00', '2026-03-15T07:30:00Z'), 1);
  });

  it('is the usual one later in the day', () => {
    assert.equal(at('12:30', null), 1);
    assert.equal(at('18:00', '2026-03-15T08:00:00Z'), 1);
  });
});
