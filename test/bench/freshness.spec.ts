import assert from 'node:assert/strict';
import { bench } from '../../bench/freshness/bench';
import { cloudChanges, type CloudChange } from '../../bench/freshness/cloud-changes';
import { delaysOf } from '../../bench/freshness/quantiles';
import { optionsOf } from '../../bench/freshness/options';
import { RememberingPerson } from '../../bench/freshness/remembering-person';
import { looksPerMinute } from '../../bench/freshness/square-root';
import { syncHazard } from '../../bench/freshness/sync-hazard';
import { VirtualClock } from '../../bench/freshness/virtual-clock';
import { Watch } from '../../bench/freshness/watch';
import { SimulatedPerson } from '../../lib/simulator/person/simulated-person';
import { createMemoryStore } from '../../lib/store/memory-store';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const signal = new AbortController().signal;

describe('the benchmark of freshness', () => {
  it('measures a person in a few days: nothing before it is there, rivals as late as their beat makes them, none better than the oracle', async () => {
    const { rows, curves } = await bench({ ...optionsOf(['--quick']), days: 6, warmUp: 2 }, () => undefined);
    assert.deepEqual(
      rows.map(({ row }) => row.strategy),
      ['every-5', 'every-15', 'polling', 'webhooks'],
    );
    for (const { row, measured } of rows) {
      assert.ok(row.waking.count > 50, row.strategy);
      assert.ok(row.all.count >= row.waking.count && row.all.max >= row.all.p95 && row.all.p95 >= row.all.p50 && row.all.p50 >= 0);
      const families = Object.values(measured.byFamily);
      assert.equal(
        families.reduce((sum, { all }) => sum + all.count, 0),
        row.all.count,
      );
      assert.ok(row.requests.mean > 0 && row.requests.max >= row.requests.mean);
      // over three days luck can still outdo what the oracle knows
      for (const { mean } of [row.oracle.law, row.oracle.day]) {
        assert.ok(mean === null || mean <= row.requests.mean, row.strategy); // null: a delay no oracle is asked for
      }
      const isBeat = row.strategy.startsWith('every-');
      assert.ok(!isBeat || (row.oracle.law.p50 !== null && row.oracle.day.p50 !== null && row.oracle.day.mean !== null), row.strategy);
    }
    const [five, fifteen] = rows.map(({ row }) => row);
    assert.equal(five?.requests.mean, 5184);
    assert.equal(fifteen?.requests.mean, 1728);
    assert.ok(five.all.max <= 5 && five.all.p50 > 1 && five.all.p50 < 4); // uniform in 0 to 5, the median of some thirty syncs
    assert.ok(fifteen.all.max <= 15 && fifteen.all.p50 > 3 && fifteen.all.p50 < 12);
    for (const curve of [curves['regular']?.law ?? [], curves['regular']?.day ?? []]) {
      assert.ok(curve.length > 5);
      const requests = curve.slice(0, 12).map((point) => point.requests); // dearer ones hardly differ in so few days
      assert.deepEqual(
        requests,
        requests.toSorted((a, b) => b - a),
      );
    }
  });

  it('refuses persons and strategies that there are none of', () => {
    assert.throws(() => optionsOf(['--person', 'nobody']), RangeError);
    assert.throws(() => optionsOf(['--strategy', 'guess']), RangeError);
    assert.equal(optionsOf(['--person', 'regular']).isFull, false);
    assert.equal(optionsOf([]).isFull, true);
  });

  it('takes the smallest delay that so many are not above', () => {
    const delays = [1, 2, 3, 4, 100].map((minutes) => minutes * MINUTE_MS);
    assert.deepEqual(delaysOf(delays), { count: 5, mean: 22, p50: 3, p95: 100, max: 100 });
    assert.deepEqual(delaysOf([]), { count: 0, mean: 0, p50: 0, p95: 0, max: 0 });
  });
});

describe('its clock', () => {
  it('jumps to whoever waits next, in order, and not beyond the end', async () => {
    const clock = new VirtualClock(1000);
    const heard: string[] = [];
    const wait = async (name: string, ms: number): Promise<void> => {
      await clock.delay(ms, signal);
      heard.push(`${name} ${clock.now()}`);
    };
    for (const [name, days] of [
      ['b', 2],
      ['a', 1],
      ['c', 3],
    ] as const)
      void wait(name, days * DAY_MS);
    await clock.runTo(1000 + 2.5 * DAY_MS, () => undefined);
    assert.deepEqual(heard, [`a ${1000 + DAY_MS}`, `b ${1000 + 2 * DAY_MS}`]);
    assert.equal(clock.now(), 1000 + 2.5 * DAY_MS);
  });
});

describe('what it holds to be seen', () => {
  const version = (at: number, text: string): CloudChange => ({
    endpoint: 'daily_sleep',
    at,
    id: 'x',
    text,
    kind: 'update',
    times: [],
    isNew: true,
  });

  it('is a version once it or a newer one is in the store', () => {
    const bodies = [1, 2, 3].map((score) => ({ id: 'x', score }));
    const watch = new Watch(bodies.map((body, n) => version(100 * (n + 1), JSON.stringify(body))));
    const store = createMemoryStore();
    const [, second] = bodies;
    const document = { id: 'x', provisional: false, day: null, start: null, end: null, body: second ?? {} };
    store.documents.upsert('daily_sleep', 'day', [document], { via: 'poll', historic: false, at: 250 });
    watch.look(store, 250);
    assert.deepEqual(watch.seenAt, [250, 250, null]);
    assert.equal(watch.unknown, 0);
  });

  it('is a batch of rows once all of them are', () => {
    const watch = new Watch([{ endpoint: 'heartrate', at: 5, id: null, text: null, kind: 'rows', times: [1000, 2000], isNew: true }]);
    const store = createMemoryStore();
    const append = (time: number, at: number): void => {
      const body = { timestamp: new Date(time).toISOString(), bpm: 60, source: 'awake' };
      store.series.append('heartrate', [{ time, body }], { via: 'poll', historic: false, at });
      watch.look(store, at);
    };
    append(1000, 10);
    assert.deepEqual(watch.seenAt, [null]);
    append(2000, 20);
    assert.deepEqual(watch.seenAt, [20]);
  });

  it('knows every version the cloud shows, whenever one looks', () => {
    const person = new SimulatedPerson({ seed: 'aino', firstDay: '2025-12-04' });
    const [from, to] = [Date.parse('2026-02-02T00:00:00Z'), Date.parse('2026-02-12T00:00:00Z')];
    const changes = cloudChanges(person, from, to);
    assert.ok(changes.length > 200);
    for (let at = from + 37 * MINUTE_MS; at < to; at += 7.3 * 60 * MINUTE_MS) {
      for (const endpoint of ['daily_activity', 'sleep', 'daily_readiness', 'workout'] as const) {
        for (const { body, visibleAt } of person.documents(endpoint, at - 5 * DAY_MS, at + DAY_MS, at)) {
          if (visibleAt <= from) continue;
          const newest = changes.findLast((one) => one.endpoint === endpoint && one.id === body['id'] && one.at <= at);
          assert.equal(newest?.text, JSON.stringify(body), `${endpoint} ${new Date(at).toISOString()}`);
        }
      }
    }
  });
});

describe('its memory of a person', () => {
  it('changes no answer', () => {
    const person = new SimulatedPerson({ seed: 'aino', firstDay: '2025-12-04' });
    const [from, to] = [Date.parse('2026-02-02T00:00:00Z'), Date.parse('2026-02-09T00:00:00Z')];
    const remembering = new RememberingPerson(person, cloudChanges(person, from, to));
    for (let at = from; at < to; at += 47 * MINUTE_MS) {
      const window = [from - 5 * DAY_MS, to, at] as const;
      for (const endpoint of ['daily_activity', 'daily_stress', 'sleep', 'daily_sleep', 'workout', 'ring_battery_level'] as const)
        assert.deepEqual(remembering.documents(endpoint, ...window), person.documents(endpoint, ...window));
    }
  });
});

describe('its oracle', () => {
  /** Gaps between syncs, minutes, uniform: what the rule has to do with between two syncs of the ring. */
  const GAP = { from: 60, to: 180 };
  const left = (age: number): number => 1 - Math.min(1, Math.max(0, (age - GAP.from) / (GAP.to - GAP.from)));
  /** Expected delay, minutes, of what comes between two looks, given nothing came until the first. */
  const delayBetween = (first: number, second: number): number => {
    const begin = Math.max(first, GAP.from);
    return second <= begin ? 0 : ((left(begin) - left(second)) / left(first)) * (second - (begin + second) / 2);
  };
  const costOf = (looks: readonly number[], price: number): number =>
    looks.reduce((sum, look, n) => sum + left(looks[n - 1] ?? 0) * (price + delayBetween(looks[n - 1] ?? 0, look)), 0);

  /** The cheapest of all schedules whose looks lie on full minutes: backwards from the end, when something has come for sure. */
  function cheapest(price: number): number {
    const best = Array.from({ length: GAP.to + 1 }, () => 0);
    for (let first = GAP.to - 1; first >= 0; first -= 1) {
      const costs = Array.from({ length: GAP.to - first }, (_, n) => {
        const second = first + n + 1;
        return price + delayBetween(first, second) + (left(second) / left(first)) * (best[second] ?? 0);
      });
      best[first] = Math.min(...costs);
    }
    return best[0] ?? NaN;
  }

  for (const price of [0.2, 1, 5, 20]) {
    it(`looks as cheaply as the best of all schedules, to a hundredth, at ${price} minutes a look`, () => {
      const step = 0.05;
      const looks: number[] = [];
      for (let age = GAP.from, sum = 0; age < GAP.to; age += step) {
        sum += looksPerMinute(1 / (GAP.to - age - step / 2), price) * step;
        if (sum < 1) continue;
        looks.push(age + step);
        sum = 0;
      }
      const cost = costOf([...looks, GAP.to], price);
      const best = cheapest(price);
      assert.ok(cost < 1.01 * best, `${cost} and ${best}`);
      const lazy = costOf([...looks.filter((_, n) => n % 2 === 0), GAP.to], price);
      assert.ok(lazy > cost); // half as many looks are dearer
    });
  }

  const KINDS = ['morning', 'evening', 'background', 'night'] as const;
  for (const habits of [{}, { appForgotten: 2 / 3 }, { nightShifts: true }]) {
    it(`expects as many syncs of each kind as there are: ${JSON.stringify(habits)}`, () => {
      const person = new SimulatedPerson({ seed: 'law', firstDay: '2024-01-01', habits });
      const [from, to] = [Date.parse('2024-02-01T00:00:00Z'), Date.parse('2025-12-01T00:00:00Z')];
      const expected = { morning: 0, evening: 0, background: 0, night: 0 };
      const came = { morning: 0, evening: 0, background: 0, night: 0 };
      for (const day of person.days(from, to)) {
        const background = (at: number): 'background' | 'night' => (at < day.bed ? 'background' : 'night');
        const syncs = person.syncs(day.wake, day.nextWake);
        const first = syncs.find(({ kind }) => kind === 'app');
        for (const sync of syncs) came[sync.kind === 'background' ? background(sync.at) : sync === first ? 'morning' : 'evening'] += 1;
        for (let at = day.wake; at < day.nextWake; at += MINUTE_MS) {
          const known = (kind: 'app' | 'background'): readonly number[] =>
            syncs.filter((sync) => sync.kind === kind && sync.at <= at).map((sync) => sync.at);
          const hazard = syncHazard(at + 1, day, { app: known('app'), background: known('background'), mornings: [] }, habits.appForgotten);
          expected[background(at)] += Math.min(1, hazard.background);
          expected.morning += Math.min(1, hazard.morning);
          expected.evening += hazard.evening;
        }
      }
      for (const kind of KINDS) {
        const spread = 4 * Math.sqrt(came[kind]); // four times the spread of a count
        assert.ok(Math.abs(expected[kind] - came[kind]) < spread, `${kind}: ${expected[kind].toFixed(0)} expected, ${came[kind]} came`);
      }
    });
  }
});
