import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { LIMITS } from '../../lib/catalogue/limits';
import { localSlots } from '../../lib/sync/local-slots';
import { GAP_MS, rateAt, rhythmOf, worthAt, type Rhythm, type Sighting } from '../../lib/sync/rhythm';
import { USUAL_WAKING } from '../../lib/sync/waking';
import { seenAt } from './support/situation';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-03-16T00:00:00Z'); // a Monday
const learn = (sightings: readonly Sighting[], now = NOW, zone = 'UTC'): Rhythm => rhythmOf(sightings, USUAL_WAKING, localSlots(zone), now);

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

/** Expected syncs an hour at a local time of the day after, given when the last one was. @param day 0 = the Monday that begins with NOW */
function expected(rhythm: Rhythm, zone: string, time: string, last: string, day = 0): number {
  const at = (text: string): number => {
    const [hour = 0, minute = 0] = text.split(':').map(Number);
    return DateTime.fromMillis(NOW, { zone }).startOf('day').plus({ days: day }).set({ hour, minute }).toMillis();
  };
  const since = at(time) - at(last);
  return rateAt(rhythm, localSlots(zone)(at(time)), since < 0 ? since + DAY : since, USUAL_WAKING);
}

const slotOf = (weekday: number, hour: number): number => 24 * (weekday - 1) + hour;
/** Mean over the week of the rate at a local hour. */
const hourly = ({ rates }: Rhythm, hour: number): number =>
  [1, 2, 3, 4, 5, 6, 7].reduce((sum, weekday) => sum + (rates[slotOf(weekday, hour)] ?? NaN), 0) / 7;

describe('the rhythm of a ring of which nothing was seen', () => {
  const usual = learn([]);

  it('is more by day than at night', () => {
    for (const hour of [9, 12, 15, 18, 21]) assert.ok(hourly(usual, hour) > 5 * hourly(usual, 3), `at ${String(hour)}`);
  });

  it('is the same on every day and after every pause', () => {
    for (let hour = 0; hour < 24; hour += 1)
      for (let weekday = 2; weekday <= 7; weekday += 1)
        assert.equal(usual.rates[slotOf(weekday, hour)], usual.rates[slotOf(1, hour)], `weekday ${String(weekday)}, ${String(hour)}:00`);
    assert.deepEqual(new Set(usual.gaps), new Set([1]));
  });

  it('moves with the hours the person is awake', () => {
    const worker = rhythmOf([], { from: 16 * 60, to: 8 * 60 }, localSlots('UTC'), NOW);
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
      const best = [expected(rhythm, zone, '7:57', '20:00'), expected(rhythm, zone, '19:57', '8:00')];
      for (const [time, last] of [
        ...[3, 5].map((hour) => [hour, '20:00'] as const),
        ...[9, 10, 11, 12].map((hour) => [hour, '8:00'] as const),
      ])
        for (const one of best) {
          const other = expected(rhythm, zone, `${String(time)}:30`, last);
          assert.ok(one > 5 * other, `${zone} at ${String(time)}: ${String(other)} and ${String(one)}`);
        }
      for (const one of best) assert.ok(one > 1.5 * expected(rhythm, zone, '16:30', '8:00'), zone);
    }
  });

  it('follows the local clock when that changes: no hour between the old one and the new one', () => {
    const zone = 'America/New_York'; // summer time began on 8 March
    const rhythm = learn(
      syncs(21, zone, () => ['8:30', '20:30']),
      NOW,
      zone,
    );
    const usual = expected(rhythm, zone, '8:27', '20:30');
    for (const [time, last] of [
      ['7:27', '20:30'],
      ['9:27', '8:30'],
      ['10:27', '8:30'],
      ['21:27', '20:30'],
    ] as const)
      assert.ok(
        usual > 5 * expected(rhythm, zone, time, last),
        `${time}: ${String(expected(rhythm, zone, time, last))} and ${String(usual)}`,
      );
  });

  it('has its weekdays: who wears it at weekends only is not asked for on Tuesdays', () => {
    const all = ['8:30', '10:00', '12:30', '15:20', '17:30', '20:00'];
    const rhythm = learn(syncs(42, 'UTC', (weekday) => (weekday >= 6 ? all : ['8:30'])));
    for (const weekday of [1, 2, 3, 4, 5])
      for (const weekend of [6, 7])
        for (const [time, last] of [
          ['12:28', '10:00'],
          ['15:18', '12:30'],
          ['17:28', '15:20'],
        ] as const) {
          const [free, working] = [expected(rhythm, 'UTC', time, last, weekend - 1), expected(rhythm, 'UTC', time, '8:30', weekday - 1)];
          assert.ok(
            free > 1.3 * working,
            `${time}: ${String(free)} on day ${String(weekend)} and ${String(working)} on day ${String(weekday)}`,
          );
        }
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
    const moved = learn(syncs(42, 'UTC', (_, ago) => (ago > 21 ? ['9:30', '9:45'] : ['11:30', '11:45'])));
    const [early, late] = ['9:28', '11:28'].map((time) => expected(moved, 'UTC', time, '11:45'));
    assert.ok((late ?? NaN) > 1.25 * (early ?? NaN), `${String(early)} and ${String(late)}`);
    const back = learn(syncs(42, 'UTC', (_, ago) => (ago > 21 ? ['11:30', '11:45'] : ['9:30', '9:45'])));
    const [before, after] = ['9:28', '11:28'].map((time) => expected(back, 'UTC', time, '9:45'));
    assert.ok((before ?? NaN) > 1.25 * (after ?? NaN), `${String(before)} and ${String(after)}`);
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
      assert.ok(is > 0.6 * was - 0.01 && is < 1.6 * was + 0.01, `at ${String(hour)}: ${was} became ${is}`);
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
        const rhythm = rhythmOf(Object.freeze(seen), { from, to }, localSlots(place), NOW);
        const { rates, gaps, effort } = rhythm;
        assert.equal(rates.length, 168);
        for (const value of [...rates, ...gaps, effort]) assert.ok(Number.isFinite(value) && value >= 0, String(value));
        assert.deepEqual(rhythmOf(seen, { from, to }, localSlots(place), NOW), rhythm);
      }),
      { numRuns: 60 },
    );
  });

  it('never expects more than a sync in five minutes of a ring that syncs at most so often', () => {
    const often = learn(seenAt(...Array.from({ length: 14 * 288 }, (_, index) => NOW - 14 * DAY + index * 5 * MINUTE).slice(-600)));
    for (let slot = 0; slot < 168; slot += 1) assert.ok(rateAt(often, { slot, minute: 60 * (slot % 24) }, 5 * MINUTE, USUAL_WAKING) < 30);
  });
});

describe('the syncs to expect at a moment', () => {
  const usual = learn([]);
  const noon = { slot: 12, minute: 12 * 60 };

  it('are those of the hour, where no sync was ever seen', () => {
    assert.equal(rateAt(usual, noon, null, USUAL_WAKING), usual.rates[12]);
  });

  it('become fewer with each day of silence, and never none', () => {
    const after = (days: number): number => rateAt(usual, noon, days * DAY, USUAL_WAKING);
    assert.equal(after(0.9), after(1));
    for (const days of [1, 2, 4, 8, 30]) assert.ok(after(2 * days) < after(days) && after(2 * days) > 0, `after ${String(days)} days`);
  });

  it('are those after a sync that was just seen where the clock was set back since', () => {
    assert.equal(rateAt(usual, noon, -DAY, USUAL_WAKING), rateAt(usual, noon, 0, USUAL_WAKING));
  });
});

describe('the rhythm of a phone that never syncs of its own accord', () => {
  it('is learned from that: openings of the app show that the ring is worn', () => {
    const own = seenAt(NOW - 36 * DAY);
    const opened = syncs(35, 'UTC', () => ['7:30']).map((one) => ({ ...one, app: true }));
    const rhythm = learn([...own, ...opened]);
    const prior = expected(learn([]), 'UTC', '14:00', '7:30');
    assert.ok(expected(rhythm, 'UTC', '14:00', '7:30') < 0.2 * prior, String(expected(rhythm, 'UTC', '14:00', '7:30')));
    assert.ok(rhythm.effort < 0.6 * learn([]).effort, `${String(rhythm.effort)} and ${String(learn([]).effort)}`);
  });
});

describe('the first sync of a day', () => {
  it('is expected by the time since waking, whenever the last one of the day before was', () => {
    const rhythm = learn(syncs(28, 'UTC', (_, ago) => ['8:40', ago % 2 === 0 ? '17:00' : '22:40']));
    for (const last of ['17:00', '22:40']) {
      const [soon, before] = ['8:37', '8:05'].map((time) => expected(rhythm, 'UTC', time, last)); // the same hour
      assert.ok((soon ?? NaN) > 5 * (before ?? NaN), `after ${last}: ${String(soon)} and ${String(before)}`);
    }
  });
});

describe('what a minute without a look costs', () => {
  const usual = learn([]);
  const at = (time: string, appAt: string | null): number => {
    const ms = Date.parse(`2026-03-15T${time}:00Z`);
    return worthAt(usual, USUAL_WAKING, {
      at: ms,
      local: localSlots('UTC')(ms),
      ownAt: null,
      appAt: appAt === null ? null : Date.parse(appAt),
    });
  };

  it('is little while the person usually sleeps', () => {
    assert.ok(20 * at('03:00', null) < at('12:30', null));
    assert.equal(at('23:30', '2026-03-15T08:00:00Z'), LIMITS.nightWeight * hourly(usual, 23));
  });

  it('is most in the hours after waking, as long as last night has not come', () => {
    assert.ok(at('08:00', null) > 2 * at('12:30', null));
    assert.equal(at('08:00', '2026-03-14T08:00:00Z'), at('08:00', null));
    assert.equal(at('08:00', '2026-03-15T03:59:00Z'), at('08:00', null)); // that was still the evening
    assert.equal(at('08:00', '2026-03-15T07:30:00Z'), at('12:30', null));
  });

  it('is the usual one later in the day', () => {
    assert.ok(Math.abs(at('12:30', null) - hourly(usual, 12)) < 1e-9);
    assert.ok(Math.abs(at('18:00', '2026-03-15T08:00:00Z') - hourly(usual, 18)) < 1e-9);
  });
});
