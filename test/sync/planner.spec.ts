import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../lib/catalogue/endpoints';
import { FamilyBook } from '../../lib/sync/family-book';
import { localSlots } from '../../lib/sync/local-slots';
import type { FamilyState, Fetch, PlannerState } from '../../lib/sync/plan';
import { plan } from '../../lib/sync/planner';
import { rhythmOf } from '../../lib/sync/rhythm';
import { settleSuccess } from '../../lib/sync/settle-success';
import { USUAL_WAKING } from '../../lib/sync/waking';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.parse('2026-03-15T12:00:00Z');
const ZONES = ['UTC', 'Europe/Helsinki', 'America/St_Johns', 'Pacific/Auckland', 'UTC+5:45'] as const;
const NOTHING = {
  created: 0,
  updated: 0,
  deleted: 0,
  rows: 0,
  setAside: [],
  hints: [],
  changedDay: null,
  newestDay: null,
  newestAt: null,
} as const;

type Families = Partial<Record<EndpointKey, FamilyState>>;

/** A family that was read at `lastSuccessAt` and has all of its history. */
const loaded = (lastSuccessAt: number, more: Partial<FamilyState> = {}): FamilyState => ({
  ...FamilyBook.fresh(true),
  lastSuccessAt,
  reached: '2015-01-01',
  newestDay: '2026-03-15',
  reconciledDay: '2026-03-15',
  ...more,
});
const RHYTHM = rhythmOf([], USUAL_WAKING, localSlots('UTC'), NOON);
const budgetOf = (fresh: number, history: number, resetAt: number): PlannerState['budget'] => ({ limit: 5000, fresh, history, resetAt });
/** A sync of the ring that was seen when it happened. */
const seen = (at: number) => ({ at, seenAt: at, app: false });

const situation = (families: Families, more: Partial<PlannerState> = {}): PlannerState => ({
  families,
  zone: 'UTC',
  intervalMs: 15 * MINUTE,
  historyFrom: '2015-01-01',
  historyRuns: true,
  budget: budgetOf(5000, 4000, NOON + 12 * HOUR),
  pausedUntil: null,
  sightings: [],
  lookedAt: NOON,
  rhythm: RHYTHM,
  waking: USUAL_WAKING,
  usage: [],
  events: [],
  webhooks: 'off',
  ...more,
});

const each = (state: (endpoint: EndpointKey) => FamilyState): Families => Object.fromEntries(ENDPOINT_KEYS.map((key) => [key, state(key)]));

const instant = fc.integer({ min: Date.parse('2025-01-01T00:00:00Z'), max: Date.parse('2027-12-31T00:00:00Z') });
const near = (now: number, aheadMs = DAY): fc.Arbitrary<number | null> => fc.option(fc.integer({ min: now - 3 * DAY, max: now + aheadMs }));
const day = fc.integer({ min: 0, max: 4400 }).map((days) => new Date(Date.parse('2015-01-01') + days * DAY).toISOString().slice(0, 10));

const familyAt = (now: number): fc.Arbitrary<FamilyState> =>
  fc
    .record({
      enabled: fc.boolean(),
      inFlight: fc.boolean(),
      lastSuccessAt: near(now),
      retryAt: near(now, HOUR), // no wait of a family is longer
      blockedUntil: near(now),
      newestDay: fc.option(day),
      reached: fc.option(day),
      failures: fc.nat({ max: 9 }),
      covered: fc.boolean(),
      hintAt: near(now),
      wantedAt: near(now),
      lastChangeAt: near(now, 0),
      reconciledDay: fc.option(day),
    })
    .map((parts) => ({ ...FamilyBook.fresh(true), ...parts }));

const eventsAt = (now: number): fc.Arbitrary<PlannerState['events']> =>
  fc
    .array(
      fc.record({
        endpoint: fc.constantFrom(...ENDPOINT_KEYS),
        kind: fc.constantFrom('create' as const, 'update' as const),
        id: fc.constantFrom('a', 'b'),
        at: fc.integer({ min: now - HOUR, max: now }),
        receivedAt: fc.integer({ min: now - HOUR, max: now }),
        tries: fc.nat({ max: 2 }),
        notBefore: fc.constantFrom(0, now - 1, now + MINUTE),
      }),
      { maxLength: 6 },
    )
    .map((events) => events.map((event, seq) => ({ ...event, seq })));

/** Any state a planner can be asked about, and the time. */
const asked = instant.chain((now) =>
  fc
    .record({
      families: fc.array(fc.option(familyAt(now)), { minLength: ENDPOINT_KEYS.length, maxLength: ENDPOINT_KEYS.length }),
      zone: fc.constantFrom(...ZONES),
      intervalMs: fc.oneof(fc.integer({ min: MINUTE, max: DAY }), fc.constant(Infinity)),
      historyFrom: day,
      historyRuns: fc.boolean(),
      webhooks: fc.constantFrom('off' as const, 'active' as const, 'silent' as const),
      lookedAt: near(now),
      sightings: fc
        .array(fc.integer({ min: now - 3 * DAY, max: now }), { maxLength: 9 })
        .map((all) => all.toSorted((a, b) => a - b).map(seen)),
      events: eventsAt(now),
      budget: fc.record({
        limit: fc.constant(5000),
        fresh: fc.nat({ max: 30 }),
        history: fc.nat({ max: 30 }),
        resetAt: fc.integer({ min: now - DAY, max: now + DAY }),
      }),
      pausedUntil: near(now),
    })
    .map(({ families, ...rest }) => {
      const named = ENDPOINT_KEYS.flatMap((key, index) => {
        const family = families[index] ?? null;
        return family === null ? [] : [[key, family] as const];
      });
      return { now, state: situation(Object.fromEntries(named), rest) };
    }),
);

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}

/** The situation when fetches that began at an instant have gone well and brought nothing. */
function wellAfter(state: PlannerState, fetches: readonly Fetch[], startedAt: number): PlannerState {
  const settled = fetches.map((fetch) => {
    const family = state.families[fetch.endpoint] ?? FamilyBook.fresh(true);
    const outcome = { ...NOTHING, newestDay: family.newestDay, newestAt: family.newestAt };
    const done = settleSuccess(fetch, family, outcome, { now: startedAt + 500, startedAt, zone: state.zone, sightings: state.sightings });
    return [fetch.endpoint, { ...family, ...done }] as const;
  });
  const read = new Set(fetches.map(({ endpoint }) => endpoint));
  const families: Families = { ...state.families, ...Object.fromEntries(settled) };
  return { ...state, families, events: state.events.filter(({ endpoint }) => !read.has(endpoint)), lookedAt: startedAt };
}

const RANK: Readonly<Partial<Record<Fetch['kind'], number>>> = { first: 0, document: 1, recent: 1, reconcile: 1, history: 2 };
const kindsOf = (state: PlannerState, now = NOON): readonly string[] => plan(state, now).fetches.map(({ kind }) => kind);

describe('the plan of an account', () => {
  it('always looks again later, never at once and never in the past', () => {
    fc.assert(
      fc.property(asked, ({ state, now }) => {
        const { nextAt } = plan(state, now);
        return nextAt > now && Number.isFinite(nextAt);
      }),
    );
  });

  it('is the same for the same situation, and changes nothing', () => {
    fc.assert(
      fc.property(asked, ({ state, now }) => {
        assert.deepEqual(plan(frozen(state), now), plan(structuredClone(state), now));
      }),
    );
  });

  it('asks for nothing that is switched off, under way, refused or resting after a failure', () => {
    fc.assert(
      fc.property(asked, ({ state, now }) => {
        for (const { endpoint } of plan(state, now).fetches) {
          const family = state.families[endpoint];
          assert.ok(family?.enabled === true && !family.inFlight);
          assert.ok((family.retryAt ?? 0) <= now && (family.blockedUntil ?? 0) <= now);
        }
      }),
    );
  });

  it('does not ask again and again for what went well; a series that was behind is read, then compared', () => {
    fc.assert(
      fc.property(asked, ({ state, now }) => {
        let current = state;
        const times = new Map<EndpointKey, number>();
        for (let round = 0; round < 4; round += 1) {
          const at = now + round * 1000;
          const fetches = plan(current, at).fetches.filter(({ kind }) => kind !== 'history' && kind !== 'document');
          for (const { endpoint } of fetches) times.set(endpoint, (times.get(endpoint) ?? 0) + 1);
          current = wellAfter(current, fetches, at);
        }
        for (const [endpoint, count] of times)
          assert.ok(count <= (endpointOf(endpoint).kind === 'series' ? 2 : 1), `${endpoint} ${count} times`);
      }),
      { numRuns: 300 },
    );
  });

  it('asks for nothing while all is paused or the budget of the day is spent', () => {
    fc.assert(
      fc.property(asked, ({ state, now }) => {
        const isPaused = (state.pausedUntil ?? 0) > now;
        const isSpent = state.budget.fresh === 0 && state.budget.resetAt > now;
        if (isPaused || isSpent) assert.deepEqual(plan(state, now).fetches, []);
      }),
    );
  });

  it('asks for first loads before polls and polls before history, each family at most once', () => {
    fc.assert(
      fc.property(asked, ({ state, now }) => {
        const { fetches } = plan(state, now);
        const ranks = fetches.map(({ kind }) => RANK[kind] ?? NaN);
        assert.deepEqual(
          ranks,
          ranks.toSorted((a, b) => a - b),
        );
        assert.equal(new Set(fetches.map(({ endpoint }) => endpoint)).size, fetches.length);
        const history = fetches.filter(({ kind }) => kind === 'history').length;
        assert.ok(history <= state.budget.history);
        if (state.budget.fresh > 0) assert.ok(fetches.length - history <= state.budget.fresh, 'more than the budget has left');
      }),
    );
  });

  it('names days in order, none of them before the history that is wanted unless a poll looks back', () => {
    fc.assert(
      fc.property(asked, ({ state, now }) => {
        for (const fetch of plan(state, now).fetches) {
          if (!('from' in fetch)) continue;
          if (fetch.kind === 'history') assert.ok(fetch.from >= state.historyFrom);
          if (fetch.kind !== 'first') assert.ok(fetch.from <= fetch.to);
        }
      }),
    );
  });

  it('begins with seven days up to tomorrow', () => {
    assert.deepEqual(plan(situation({ daily_sleep: FamilyBook.fresh(true) }), NOON).fetches, [
      { kind: 'first', endpoint: 'daily_sleep', from: '2026-03-09', to: '2026-03-16' },
    ]);
  });

  it('begins with fewer days where fewer are wanted', () => {
    const state = situation({ daily_sleep: FamilyBook.fresh(true) }, { historyFrom: '2026-03-14' });
    assert.deepEqual(plan(state, NOON).fetches, [{ kind: 'first', endpoint: 'daily_sleep', from: '2026-03-14', to: '2026-03-16' }]);
  });

  it('counts days where the person is', () => {
    const state = situation({ daily_sleep: FamilyBook.fresh(true) }, { zone: 'Pacific/Auckland' });
    const [fetch] = plan(state, NOON).fetches; // noon UTC is already the 16th in Auckland
    assert.ok(fetch !== undefined && 'to' in fetch);
    assert.equal(fetch.to, '2026-03-17');
  });

  it('polls two days back', () => {
    assert.deepEqual(plan(situation({ sleep: loaded(NOON - 37 * HOUR, { newestDay: '2026-03-14' }) }), NOON).fetches, [
      { kind: 'recent', endpoint: 'sleep', from: '2026-03-11', to: '2026-03-16' },
    ]);
  });

  it('LESSON: late uploads: a poll looks back to the last day of a silent ring, at most 30 days', () => {
    const from = (newestDay: string): string | null => {
      const [fetch] = plan(situation({ daily_sleep: loaded(NOON - 37 * HOUR, { newestDay }) }), NOON).fetches;
      return fetch !== undefined && 'from' in fetch ? fetch.from : null;
    };
    assert.equal(from('2026-03-05'), '2026-03-03');
    assert.equal(from('2025-12-24'), '2026-02-11'); // 30 days before the 15th, and two more
  });

  it('looks back to the last good poll after an outage', () => {
    const silent = loaded(NOON - 5 * DAY);
    const [fetch] = plan(situation({ daily_sleep: silent }), NOON).fetches;
    assert.ok(fetch !== undefined && 'from' in fetch);
    assert.equal(fetch.from, '2026-03-08');
  });

  it('asks again after a clock that was wrong and ran ahead has been set right', () => {
    assert.deepEqual(kindsOf(situation({ sleep: loaded(NOON + 400 * DAY) })), ['recent']);
  });

  it('does not believe a wait that a clock running ahead has written down', () => {
    assert.deepEqual(kindsOf(situation({ sleep: loaded(NOON - 37 * HOUR, { retryAt: NOON + 400 * DAY }) })), ['recent']);
    assert.deepEqual(kindsOf(situation({ sleep: loaded(NOON - 37 * HOUR, { blockedUntil: NOON + 400 * DAY }) })), ['recent']);
  });

  it('never polls in a sandbox, whatever the hour', () => {
    const state = situation(
      each(() => loaded(NOON - 100 * DAY)),
      { intervalMs: Infinity },
    );
    for (let hour = 0; hour < 24; hour += 1) assert.deepEqual(kindsOf(state, NOON + hour * HOUR), []);
  });

  it('goes on when the pause ends', () => {
    const state = situation({ sleep: loaded(0) }, { pausedUntil: NOON + 10 * MINUTE });
    assert.deepEqual(plan(state, NOON), { fetches: [], nextAt: NOON + 10 * MINUTE });
    assert.equal(plan(state, NOON + 10 * MINUTE).fetches.length, 1);
  });

  it('stops the history without stopping the polls', () => {
    const families = each((key) => loaded(key === 'sleep' ? NOON - 37 * HOUR : NOON, { reached: '2026-03-09' }));
    assert.deepEqual(kindsOf(situation(families, { historyRuns: false })), ['recent']);
    assert.deepEqual(kindsOf(situation(families, { budget: budgetOf(1000, 0, NOON + HOUR) })), ['recent']);
    assert.ok(kindsOf(situation(families)).includes('history'));
  });

  it('loads history window by window without a gap, back to the first day wanted and no further', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...ENDPOINT_KEYS), (historyFrom, endpoint) => {
        let family = loaded(NOON, { reached: '2027-01-20' });
        for (let windows = 0; windows < 200; windows += 1) {
          const { fetches } = plan(situation({ [endpoint]: family }, { historyFrom }), NOON);
          const [fetch] = fetches;
          if (fetch === undefined) break;
          assert.ok(fetch.kind === 'history' && family.reached !== null);
          assert.equal(Date.parse(fetch.to), Date.parse(family.reached) - DAY);
          assert.ok((Date.parse(fetch.to) - Date.parse(fetch.from)) / DAY < endpointOf(endpoint).window.chunkDays);
          family = { ...family, ...settleSuccess(fetch, family, NOTHING, { now: NOON, startedAt: NOON, zone: 'UTC', sightings: [] }) };
        }
        const hasWindows = endpointOf(endpoint).window.params !== 'none';
        const end = !hasWindows || historyFrom > '2027-01-20' ? '2027-01-20' : historyFrom;
        assert.equal(family.reached, end);
      }),
      { numRuns: 50 },
    );
  });
});

const readBy = (state: PlannerState, now: number): readonly string[] => plan(state, now).fetches.map(({ endpoint }) => endpoint);
const allLoaded = (at: number, more: Partial<FamilyState> = {}): Families => each(() => loaded(at, more));

describe('a sync of the ring', () => {
  const probe = (state: PlannerState, now = NOON): string | undefined => {
    const { nextAt } = plan(state, now);
    const [fetch, ...more] = plan(state, nextAt).fetches;
    assert.deepEqual(more, []);
    return fetch?.endpoint;
  };

  it('is asked about by one question, today’s activity', () => {
    assert.equal(probe(situation(allLoaded(NOON))), 'daily_activity');
  });

  it('is asked about by a row of a series where activity is switched off or refused', () => {
    const without = (more: Partial<FamilyState>): Families => ({ ...allLoaded(NOON), daily_activity: loaded(NOON, more) });
    assert.equal(probe(situation(without({ enabled: false }))), 'heartrate');
    assert.equal(probe(situation(without({ blocked: 'no_scope', blockedUntil: NOON + DAY }))), 'heartrate');
    assert.equal(probe(situation({ daily_stress: loaded(NOON), tag: loaded(NOON) })), 'daily_stress');
  });

  it('is asked about more often by day than at night, and less and less while the ring is silent', () => {
    const pause = (now: number, lastSync: number): number => {
      const state = situation({ daily_activity: loaded(now) }, { lookedAt: now, sightings: [seen(lastSync)], intervalMs: 15 * MINUTE });
      return plan(state, now).nextAt - now;
    };
    const night = Date.parse('2026-03-15T02:00:00Z');
    assert.ok(pause(NOON, NOON - 2 * HOUR) < pause(night, night - 2 * HOUR));
    assert.ok(pause(NOON, NOON - 2 * HOUR) < pause(NOON, NOON - 60 * HOUR));
    assert.ok(pause(NOON, NOON - 60 * HOUR) <= pause(NOON, NOON - 200 * HOUR));
  });

  it('is asked about more often when the person wants a shorter interval', () => {
    const pause = (minutes: number): number =>
      plan(situation({ daily_activity: loaded(NOON) }, { intervalMs: minutes * MINUTE }), NOON).nextAt - NOON;
    assert.ok(pause(1) < pause(5) && pause(5) < pause(15) && pause(15) < pause(60));
  });

  it('lets those be read that move with it, and not those that hardly ever do', () => {
    const now = NOON + MINUTE;
    const known = { ...allLoaded(NOON - HOUR), daily_activity: loaded(now) };
    assert.deepEqual(readBy(situation(known, { sightings: [seen(NOON)], lookedAt: now }), now), [
      'heartrate',
      'daily_stress',
      'ring_battery_level',
    ]);
  });

  it('lets the night be looked for while it is missing, and what follows from it once it is there', () => {
    const before = { ...allLoaded(NOON - HOUR, { newestDay: '2026-03-14' }), daily_activity: loaded(NOON) };
    assert.ok(readBy(situation(before, { sightings: [seen(NOON - 1)] }), NOON).includes('sleep'));
    assert.ok(!readBy(situation(before, { sightings: [seen(NOON - 1)] }), NOON).includes('daily_readiness'));
    const came = { ...before, sleep: loaded(NOON, { lastChangeAt: NOON }) };
    const asked = readBy(situation(came, { sightings: [seen(NOON - 1)] }), NOON);
    for (const family of ['daily_sleep', 'daily_readiness', 'sleep_time', 'daily_spo2']) assert.ok(asked.includes(family), family);
  });

  it('lets the night of the day before be looked for after midnight, when it is still missing', () => {
    const midnight = Date.parse('2026-03-15T00:10:00Z');
    const before = { ...allLoaded(midnight - HOUR, { newestDay: '2026-03-13' }), daily_activity: loaded(midnight) };
    assert.ok(readBy(situation(before, { sightings: [seen(midnight - 1)], lookedAt: midnight }), midnight).includes('sleep'));
  });

  it('lets the night be looked for an hour and a half after waking where no sync is seen, then three', () => {
    const missing = (readAt: number): PlannerState =>
      situation({ ...allLoaded(readAt, { newestDay: '2026-03-14' }), daily_activity: loaded(NOON) }, { lookedAt: NOON });
    const woke = Date.parse('2026-03-15T07:00:00Z');
    const looked = (readAt: number, at: number): boolean => plan(missing(readAt), at).fetches.some(({ endpoint }) => endpoint === 'sleep');
    assert.deepEqual(
      [89, 90].map((minutes) => looked(woke - HOUR, woke + minutes * MINUTE)),
      [false, true],
    );
    assert.deepEqual(
      [179, 180].map((minutes) => looked(woke + 90 * MINUTE, woke + minutes * MINUTE)),
      [false, true],
    );
  });

  it('does not let the night be looked for while it has hardly begun', () => {
    const lookedFor = (time: string): boolean => {
      const now = Date.parse(`2026-03-15T${time}:00Z`);
      const before = { ...allLoaded(now - HOUR, { newestDay: '2026-03-14' }), daily_activity: loaded(now) };
      return readBy(situation(before, { sightings: [seen(now - 1)], lookedAt: now }), now).includes('sleep');
    };
    assert.deepEqual(['00:30', '03:30', '04:30', '12:00'].map(lookedFor), [false, false, true, true]);
  });

  it('lets a family be read again the sooner the more often it has moved with syncs', () => {
    const syncs = (count: number) => Array.from({ length: count }, (_, index) => seen(NOON - HOUR + index * MINUTE));
    const needed = (hits: number): number => {
      const workout = loaded(NOON - 2 * HOUR, { share: { syncs: 100, hits } });
      for (let count = 1; count < 20; count += 1)
        if (readBy(situation({ ...allLoaded(NOON), workout }, { sightings: syncs(count) }), NOON).includes('workout')) return count;
      return Infinity;
    };
    assert.equal(needed(50), 1);
    assert.ok(needed(50) < needed(5) && needed(5) < needed(0));
  });

  it('lets workouts be read at once when heart-rate rows come from one', () => {
    const state = situation({ workout: loaded(NOON - HOUR, { hintAt: NOON }), session: loaded(NOON - HOUR) });
    assert.deepEqual(readBy(state, NOON), ['workout']);
  });

  it('is followed by one comparison of two weeks a day, in place of an ordinary read', () => {
    const state = situation({ daily_stress: loaded(NOON - HOUR, { reconciledDay: '2026-03-14' }) }, { sightings: [seen(NOON - 1)] });
    assert.deepEqual(plan(state, NOON).fetches, [{ kind: 'reconcile', endpoint: 'daily_stress', from: '2026-03-01', to: '2026-03-16' }]);
  });
});

describe('a comparison', () => {
  const uncompared = { reconciledDay: '2026-03-14' } as const;

  it('is made by itself when nothing else was read by late morning', () => {
    const state = situation({ ...allLoaded(NOON), tag: loaded(NOON, uncompared) });
    assert.ok(!readBy(state, NOON + 3 * HOUR - 1).includes('tag'));
    assert.equal(plan(state, NOON + 3 * HOUR).fetches.find(({ endpoint }) => endpoint === 'tag')?.kind, 'reconcile');
  });

  it('is not made at midnight because somebody has been up for long: the new day has hardly begun', () => {
    const midnight = Date.parse('2026-03-15T00:00:00Z');
    const families = { ...allLoaded(midnight), tag: loaded(midnight, uncompared) };
    const state = situation(families, { waking: { from: 15 * 60, to: 10 * 60 }, lookedAt: midnight });
    assert.ok(!readBy(state, midnight + MINUTE).includes('tag'));
    assert.ok(!readBy(state, midnight + 8 * HOUR - MINUTE).includes('tag'));
    assert.ok(readBy(state, midnight + 8 * HOUR).includes('tag'));
  });

  it('is made by the evening whatever the hours somebody is up', () => {
    const midnight = Date.parse('2026-03-15T00:00:00Z');
    for (const waking of [{ from: 20 * 60, to: 4 * 60 }, { from: 9 * 60, to: 9 * 60 }, { from: 15 * 60, to: 10 * 60 }, USUAL_WAKING]) {
      const families = { ...allLoaded(midnight), tag: loaded(midnight, uncompared) };
      const state = situation(families, { waking, lookedAt: midnight });
      assert.ok(readBy(state, midnight + 20 * HOUR).includes('tag'), JSON.stringify(waking));
    }
  });

  it('asks families that failed after the others', () => {
    const failed = { failures: 3, lastSuccessAt: null };
    const families = { ...allLoaded(NOON - 2 * DAY), personal_info: loaded(NOON - 2 * DAY, failed), sleep: loaded(NOON - 2 * DAY, failed) };
    const asked = plan(situation(families), NOON).fetches.map(({ endpoint }) => endpoint);
    assert.deepEqual(asked.slice(-2).toSorted(), ['personal_info', 'sleep']);
  });

  it('waits for the evening where events may bring it along', () => {
    const midnight = Date.parse('2026-03-15T00:00:00Z');
    const asked = (webhooks: PlannerState['webhooks'], hour: number): boolean => {
      const families = { ...allLoaded(midnight), workout: loaded(midnight, { ...uncompared, covered: true }) };
      return readBy(situation(families, { webhooks, lookedAt: midnight }), midnight + hour * HOUR).includes('workout');
    };
    assert.deepEqual([asked('active', 16), asked('active', 20), asked('off', 16)], [false, true, true]);
    const before = loaded(midnight, { ...uncompared, reconciledDay: '2026-03-13', covered: true }); // nobody watched the evening before
    const slept = situation({ ...allLoaded(midnight), workout: before }, { webhooks: 'active', lookedAt: midnight });
    assert.ok(readBy(slept, midnight + 16 * HOUR).includes('workout'));
  });

  it('is the first read of a day, also of somebody who sleeps by then', () => {
    const families = { daily_stress: loaded(NOON - HOUR, uncompared) };
    const state = situation(families, { sightings: [seen(NOON - 1)], waking: { from: 960, to: 480 } });
    assert.equal(plan(state, NOON).fetches[0]?.kind, 'reconcile');
  });

  it('is made every few days only where nothing lies in its days', () => {
    const idle = (reconciledDay: string) =>
      situation({ ...allLoaded(NOON), tag: loaded(NOON, { newestDay: '2026-02-01', reconciledDay }) });
    assert.ok(!readBy(idle('2026-03-14'), NOON + 3 * HOUR).includes('tag'));
    assert.ok(readBy(idle('2026-03-12'), NOON + 3 * HOUR).includes('tag'));
  });

  it('reaches back to the last day of a silent ring', () => {
    const silent = situation(
      { daily_stress: loaded(NOON - HOUR, { ...uncompared, newestDay: '2026-02-20' }) },
      { sightings: [seen(NOON - 1)] },
    );
    const [fetch] = plan(silent, NOON).fetches;
    assert.ok(fetch?.kind === 'reconcile');
    assert.equal(fetch.from, '2026-02-18');
  });

  it('leaves out what comes whole each time', () => {
    const state = situation({ ...allLoaded(NOON), personal_info: loaded(NOON, uncompared) });
    assert.ok(!readBy(state, NOON + 9 * HOUR).includes('personal_info'));
  });
});

describe('events of webhooks', () => {
  const event = (endpoint: EndpointKey, id: string, more: Partial<PlannerState['events'][number]> = {}) => ({
    seq: 1,
    endpoint,
    kind: 'update' as const,
    id,
    at: NOON - 30_000,
    receivedAt: NOON,
    tries: 0,
    notBefore: 0,
    ...more,
  });
  const covered = { covered: true } as const;
  const families: Families = { sleep: loaded(NOON - HOUR, covered), daily_stress: loaded(NOON - HOUR, covered) };
  const told = (events: PlannerState['events'], now: number, more: Partial<PlannerState> = {}) =>
    plan(situation(families, { events, webhooks: 'active', ...more }), now);

  it('wait a moment for others of their swarm, then bring the single document', () => {
    assert.deepEqual(told([event('sleep', 'a')], NOON + 500), { fetches: [], nextAt: NOON + 1500 });
    assert.deepEqual(told([event('sleep', 'a')], NOON + 1500).fetches, [{ kind: 'document', endpoint: 'sleep', id: 'a' }]);
  });

  it('wait five seconds at most, however many come', () => {
    const swarm = Array.from({ length: 12 }, (_, index) => event('sleep', `n${index}`, { seq: index, receivedAt: NOON + index * 500 }));
    assert.equal(told(swarm, NOON + 5000).fetches.length, 1);
  });

  it('of one family become one question', () => {
    const events = [event('sleep', 'a'), event('sleep', 'b'), event('daily_stress', 'c'), event('daily_stress', 'c')];
    assert.deepEqual(
      told(events, NOON + 2000).fetches.map((fetch) => [fetch.endpoint, fetch.kind]),
      [
        ['sleep', 'recent'],
        ['daily_stress', 'document'],
      ],
    );
  });

  it('are asked for again by id when they were not there, not before their time', () => {
    const late = [event('sleep', 'a', { tries: 1, notBefore: NOON + MINUTE }), event('sleep', 'b', { tries: 2, notBefore: NOON + MINUTE })];
    assert.deepEqual(told(late, NOON + 10_000), { fetches: [], nextAt: NOON + MINUTE });
    assert.equal(told(late, NOON + MINUTE).fetches[0]?.kind, 'document');
  });

  it('spare the families they cover the reads that follow a sync', () => {
    const synced = { sightings: [seen(NOON - 1)] };
    assert.deepEqual(readBy(situation({ ...families, heartrate: loaded(NOON - HOUR) }, { webhooks: 'active', ...synced }), NOON), [
      'heartrate',
    ]);
    assert.ok(readBy(situation(families, { webhooks: 'silent', ...synced }), NOON).includes('daily_stress'));
  });

  it('that have fallen silent let all they cover be read after each sync, also the one that gave it away', () => {
    const all = Object.fromEntries(ENDPOINT_KEYS.map((key) => [key, loaded(NOON - HOUR, { covered: key !== 'tag' })]));
    const synced = situation({ ...all, daily_activity: loaded(NOON, covered) }, { webhooks: 'silent', sightings: [seen(NOON - MINUTE)] });
    const expected = ENDPOINT_KEYS.filter((key) => key !== 'tag' && key !== 'daily_activity');
    assert.deepEqual(readBy(synced, NOON).toSorted(), expected.toSorted());
    assert.deepEqual(readBy({ ...synced, sightings: [seen(NOON - 2 * HOUR)] }, NOON), []);
    const hinted = { ...synced.families, workout: loaded(NOON - 1, { covered: true, hintAt: NOON }) };
    assert.ok(readBy({ ...synced, families: hinted }, NOON).includes('workout'));
  });
});

/** Follows plans for days with every fetch going well. @returns when each family was read */
function follow(state: PlannerState, start: number, days: number, tookMs: number): ReadonlyMap<EndpointKey, readonly number[]> {
  const reads = new Map<EndpointKey, number[]>(ENDPOINT_KEYS.map((key) => [key, []]));
  let { families, lookedAt } = state;
  let plans = 0;
  for (let now = start; now < start + days * DAY;) {
    plans += 1;
    assert.ok(plans < 20_000, 'plans that lead nowhere');
    const { fetches, nextAt } = plan({ ...state, families, lookedAt }, now);
    for (const fetch of fetches) {
      const family = families[fetch.endpoint];
      if (family === undefined) continue;
      const done = settleSuccess(
        fetch,
        family,
        { ...NOTHING, newestDay: family.newestDay },
        { now: now + tookMs, startedAt: now, zone: state.zone, sightings: [] },
      );
      families = { ...families, [fetch.endpoint]: { ...family, ...done } };
      if (fetch.kind !== 'history') reads.get(fetch.endpoint)?.push(now);
      if (fetch.kind !== 'history' && fetch.endpoint === 'daily_activity') lookedAt = now + tookMs;
    }
    now = fetches.length > 0 ? now + Math.max(1, tookMs) : nextAt;
  }
  return reads;
}

describe('days of plans', () => {
  const starts = ['2026-03-27T22:00:00Z', '2026-10-24T09:30:00Z', '2026-06-01T03:00:00Z'].map((text) => Date.parse(text)); // two with DST
  const scene = fc.record({
    start: fc.constantFrom(...starts),
    zone: fc.constantFrom('UTC', 'Europe/Helsinki', 'America/St_Johns'),
    minutes: fc.integer({ min: 10, max: 60 }),
    tookMs: fc.integer({ min: 0, max: 5000 }),
    webhooks: fc.constantFrom('off' as const, 'active' as const, 'silent' as const),
  });

  it('starve no family: each is read at least every 144 intervals, what comes whole every 288, and compared every day', () => {
    fc.assert(
      fc.property(scene, ({ start, zone, minutes, tookMs, webhooks }) => {
        const families = each(() => ({ ...FamilyBook.fresh(true), covered: webhooks !== 'off' }));
        const state = situation(families, { zone, intervalMs: minutes * MINUTE, historyFrom: '2026-01-01', webhooks, lookedAt: null });
        for (const [endpoint, times] of follow(state, start, 5, tookMs)) {
          const all = [...times, start + 5 * DAY];
          for (let index = 1; index < all.length; index += 1) {
            const waited = (all[index] ?? NaN) - (all[index - 1] ?? NaN);
            const intervals = endpointOf(endpoint).window.params === 'none' ? 288 : 144;
            assert.ok(waited <= intervals * minutes * MINUTE + 40 * tookMs + 1, `${endpoint} waited ${waited / MINUTE} minutes`);
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('of a ring that is silent cost no more than the ration, and come to an end', () => {
    for (const silentDays of [1, 4, 6, 12, 40]) {
      const start = starts[2] ?? NaN;
      const newestDay = new Date(start - silentDays * DAY).toISOString().slice(0, 10);
      const families = each(() => loaded(start - HOUR, { newestDay, reconciledDay: newestDay, lastChangeAt: start - silentDays * DAY }));
      const state = situation(families, { lookedAt: start - HOUR, sightings: [seen(start - silentDays * DAY)] });
      const requests = [...follow(state, start, 4, 1000).values()].reduce((sum, times) => sum + times.length, 0) / 4;
      assert.ok(requests <= 100, `${silentDays} days silent: ${requests} a day`);
    }
  });

  it('without a sync cost no more than the ration', () => {
    const reads = follow(
      situation(
        each(() => FamilyBook.fresh(true)),
        { lookedAt: null, historyFrom: '2026-03-27' },
      ),
      starts[0] ?? NaN,
      4,
      1000,
    );
    const requests = [...reads.values()].reduce((sum, times) => sum + times.length, 0) / 4;
    assert.ok(requests <= 100, `${requests} a day`);
  });

  it('leave out a family that is switched off', () => {
    const families = each((key) => FamilyBook.fresh(key !== 'tag'));
    assert.deepEqual(follow(situation(families), starts[0] ?? NaN, 3, 0).get('tag'), []);
  });
});
