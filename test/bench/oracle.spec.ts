import assert from 'node:assert/strict';
import { daysThemselves, requestsAt, type CurvePoint } from '../../bench/freshness/curve';
import { DayBelief } from '../../bench/freshness/day-belief';
import { measure } from '../../bench/freshness/measure';
import { oracle } from '../../bench/freshness/oracle';
import { SCENARIOS } from '../../bench/freshness/scenarios';
import { sceneOf, type Scene } from '../../bench/freshness/scene';
import { syncHazard } from '../../bench/freshness/sync-hazard';
import { usualDays } from '../../bench/freshness/usual-days';
import type { LivedDay } from '../../lib/simulator/person/simulated-person';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MIDNIGHT = Date.parse('2026-02-02T00:00:00Z');
const NOTHING = { app: [], background: [], mornings: [] };

/** Clock hours of one day. */
function dayOf(wakeHour: number, bedHour: number): LivedDay {
  const at = (hour: number): number => MIDNIGHT + hour * HOUR_MS;
  return { wake: at(wakeHour), bed: at(bedHour), nextWake: at(31) };
}

function sceneFor(key: string, days: number): Scene {
  const scenario = SCENARIOS.find((one) => one.key === key);
  assert.ok(scenario !== undefined);
  return sceneOf(scenario, days, 1);
}

function wait(belief: DayBelief, fromHour: number, toHour: number): void {
  for (let at = MIDNIGHT + fromHour * HOUR_MS; at < MIDNIGHT + toHour * HOUR_MS; at += MINUTE_MS) belief.pass(at, NOTHING, 1);
}

describe('what the oracle thinks of a day', () => {
  const early = dayOf(6, 22);
  const late = dayOf(8, 23);
  const chanceOf = (belief: DayBelief, day: LivedDay): number => belief.ways.find((way) => way.day === day)?.chance ?? 0;

  it('is even at first, and begins with the earliest way', () => {
    const belief = new DayBelief([late, early], late, undefined);
    assert.equal(belief.begins, early.wake);
    assert.deepEqual([chanceOf(belief, early), chanceOf(belief, late)], [0.5, 0.5]);
  });

  it('leans away from a way that would have brought a sync, by as much as Bayes says', () => {
    const belief = new DayBelief([early, late], late, undefined);
    wait(belief, 6, 7);
    belief.sawNone();
    // By 7 the early waking would have brought the app's opening, but for 0.05 (never) + 0.08 (late) of the days, and days without a ring.
    const usual = 0.97 * (1 - 0.012 - 0.005);
    const none = 1 - usual + usual * (0.05 + 0.08);
    assert.ok(Math.abs(chanceOf(belief, early) - none / (1 + none)) < 0.02, String(chanceOf(belief, early)));
  });

  it('takes what a sync tells for certain: still asleep, awake since, or in bed', () => {
    const asleep = new DayBelief([early, late], late, undefined);
    asleep.saw({ at: MIDNIGHT + 7 * HOUR_MS, kind: 'background' }, NOTHING, 1);
    assert.deepEqual(asleep.ways, [{ day: late, chance: 1, expected: 0 }]);
    const truth = dayOf(7, 22.5);
    const awake = new DayBelief([early, late], truth, undefined);
    awake.saw({ at: MIDNIGHT + 7.5 * HOUR_MS, kind: 'app' }, NOTHING, 1);
    assert.deepEqual(
      awake.ways.map(({ day, chance }) => [day.wake, day.bed, chance]),
      [
        [truth.wake, early.bed, 0.5],
        [truth.wake, late.bed, 0.5],
      ],
    );
    const opened = { app: [MIDNIGHT + 7.5 * HOUR_MS], background: [], mornings: [] };
    awake.saw({ at: MIDNIGHT + 22.1 * HOUR_MS, kind: 'app' }, opened, 1); // fits the later bedtime only
    assert.deepEqual(
      awake.ways.map(({ day, chance }) => [day.bed, chance]),
      [[late.bed, 1]],
    );
    awake.saw({ at: MIDNIGHT + 25 * HOUR_MS, kind: 'background' }, opened, 1);
    assert.deepEqual(
      awake.ways.map(({ day }) => day),
      [truth],
    );
  });

  it('does not give up on a person who is up beyond all usual bedtimes', () => {
    const belief = new DayBelief([early, late], dayOf(6, 25), undefined);
    belief.saw({ at: MIDNIGHT + 6.5 * HOUR_MS, kind: 'app' }, NOTHING, 1);
    const at = MIDNIGHT + 24 * HOUR_MS;
    belief.saw({ at, kind: 'background' }, { app: [MIDNIGHT + 6.5 * HOUR_MS], background: [], mornings: [] }, 1);
    assert.ok(belief.ways.length === 1 && belief.ways.every(({ day }) => day.wake === early.wake && day.bed > at));
  });

  it('is the law itself when there is one way only', () => {
    const belief = new DayBelief([early], early, undefined);
    for (let at = early.wake; at < early.nextWake; at += 7 * MINUTE_MS)
      assert.deepEqual(belief.pass(at, NOTHING, 7).hazard, syncHazard(at, early, NOTHING, undefined));
    assert.deepEqual(
      belief.ways.map(({ chance }) => chance),
      [1],
    );
  });
});

describe('the ways of a day', () => {
  for (const key of ['regular', 'shifts', 'traveller']) {
    it(`are several, without the day itself, and about as it goes: ${key}`, () => {
      const scene = sceneFor(key, 40);
      const ways = usualDays(scene);
      assert.equal(ways.length, scene.days.length);
      const off = scene.days.map(({ wake, bed }, n) => {
        const own = ways[n] ?? [];
        assert.ok(own.length >= 3 && own.length <= 16, `${new Date(wake).toISOString()}: ${own.length}`);
        assert.ok(own.every((way) => way.wake < way.bed && way.wake !== wake));
        const mean = (of: (way: LivedDay) => number): number => own.reduce((sum, way) => sum + of(way), 0) / own.length;
        return Math.max(Math.abs(mean((way) => way.wake) - wake), Math.abs(mean((way) => way.bed) - bed)) / HOUR_MS;
      });
      assert.ok((off.toSorted((a, b) => a - b)[Math.floor(off.length / 2)] ?? Infinity) < 1); // half of the days within an hour
      assert.ok(Math.max(...off) < 5, String(Math.max(...off))); // nobody is thought to be in another zone, or at work by day after a shift
    });
  }
});

describe('the oracle', () => {
  const PRICES = [2, 4, 8, 16, 32, 64];

  function curve(scene: Scene, ways: readonly (readonly LivedDay[])[]): readonly CurvePoint[] {
    return PRICES.map((price) => {
      const run = oracle(scene, price, ways);
      scene.changes.forEach(({ at }, n) => {
        assert.ok((run.seenAt[n] ?? Infinity) >= at);
      });
      const { requests, delay } = measure(scene, run);
      return { price, requests: requests.mean, p50: delay.waking.p50, mean: delay.waking.mean };
    });
  }

  for (const key of ['regular', 'shifts', 'ring-off']) {
    it(`sees nothing before it is there, asks less the dearer a request is, and never beats the one that knows the day: ${key}`, () => {
      const scene = sceneFor(key, 20);
      const law = curve(scene, usualDays(scene));
      const day = curve(scene, daysThemselves(scene));
      for (const own of [law, day]) assert.ok(own.every(({ requests }, n) => n === 0 || requests < (own[n - 1]?.requests ?? 0)));
      const beside = law.flatMap(({ requests, mean }) => {
        const needed = requestsAt(day, 'mean', mean);
        return needed === null ? [] : [requests / needed];
      });
      assert.ok(beside.length >= 3);
      assert.ok(
        beside.every((ratio) => ratio >= 1),
        beside.map((ratio) => ratio.toFixed(2)).join(' '),
      );
    });
  }

  it('needs for a delay what its curve says between two points, the fewest where chance has bent it', () => {
    const bent = [
      { price: 1, requests: 100, p50: 2, mean: 3 },
      { price: 2, requests: 90, p50: 4, mean: 5 },
      { price: 4, requests: 80, p50: 3, mean: 6 },
      { price: 8, requests: 60, p50: 5, mean: 8 },
    ];
    assert.equal(requestsAt(bent, 'p50', 3.5), 75);
    assert.equal(requestsAt(bent, 'p50', 2.5), 97.5);
    assert.equal(requestsAt(bent, 'mean', 7), 70);
    assert.deepEqual([requestsAt(bent, 'p50', 1.9), requestsAt(bent, 'p50', 5.1)], [null, null]);
  });

  it('does the same again, and as the one that knows the day if the day can go in that way only', () => {
    const scene = sceneFor('regular', 4);
    const ways = scene.days.map((day) => [day]);
    assert.deepEqual(oracle(scene, 8, ways), oracle(scene, 8, daysThemselves(scene)));
    assert.deepEqual(oracle(scene, 8, usualDays(scene)), oracle(scene, 8, usualDays(scene)));
    assert.notDeepEqual(oracle(scene, 8, usualDays(scene)), oracle(scene, 8, ways));
  });
});
