import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../lib/catalogue/endpoints';
import { FamilyBook } from '../../lib/sync/family-book';
import type { FamilyState, Fetch, PlannerState } from '../../lib/sync/plan';
import { plan } from '../../lib/sync/planner';
import { settleSuccess } from '../../lib/sync/settle-success';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.parse('2026-03-15T12:00:00Z');
const ZONES = ['UTC', 'Europe/Helsinki', 'America/St_Johns', 'Pacific/Auckland', 'UTC+5:45'] as const;
const NOTHING = { created: 0, updated: 0, deleted: 0, rows: 0, setAside: [], newestDay: null, newestAt: null } as const;

type Families = Partial<Record<EndpointKey, FamilyState>>;

/** A family that was read at `lastSuccessAt` and has all of its history. */
const loaded = (lastSuccessAt: number, more: Partial<FamilyState> = {}): FamilyState => ({
  ...FamilyBook.fresh(true),
  lastSuccessAt,
  reached: '2015-01-01',
  newestDay: '2026-03-15',
  ...more,
});

const situation = (families: Families, more: Partial<PlannerState> = {}): PlannerState => ({
  families,
  zone: 'UTC',
  intervalMs: 15 * MINUTE,
  historyFrom: '2015-01-01',
  historyRuns: true,
  budget: { fresh: 5000, history: 4000, resetAt: NOON + 12 * HOUR },
  pausedUntil: null,
  lastSyncSeenAt: null,
  lastProbeAt: null,
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
    })
    .map((parts) => ({ ...FamilyBook.fresh(true), ...parts }));

/** Any state a planner can be asked about, and the time. */
const asked = instant.chain((now) =>
  fc
    .record({
      families: fc.array(fc.option(familyAt(now)), { minLength: ENDPOINT_KEYS.length, maxLength: ENDPOINT_KEYS.length }),
      zone: fc.constantFrom(...ZONES),
      intervalMs: fc.oneof(fc.integer({ min: MINUTE, max: DAY }), fc.constant(Infinity)),
      historyFrom: day,
      historyRuns: fc.boolean(),
      budget: fc.record({
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

const RANK: Readonly<Partial<Record<Fetch['kind'], number>>> = { first: 0, recent: 1, history: 2 };
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
        assert.ok(fetches.filter(({ kind }) => kind === 'history').length <= state.budget.history);
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
    assert.deepEqual(plan(situation({ daily_sleep: loaded(NOON - HOUR) }), NOON).fetches, [
      { kind: 'recent', endpoint: 'daily_sleep', from: '2026-03-13', to: '2026-03-16' },
    ]);
  });

  it('LESSON: late uploads: a poll looks back to the last day of a silent ring, at most 30 days', () => {
    const from = (newestDay: string): string | null => {
      const [fetch] = plan(situation({ daily_sleep: loaded(NOON - HOUR, { newestDay }) }), NOON).fetches;
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

  it('is due exactly one interval after the last success by day', () => {
    const state = situation({ sleep: loaded(NOON - 14 * MINUTE) });
    assert.deepEqual(plan(state, NOON), { fetches: [], nextAt: NOON + MINUTE });
    assert.deepEqual(kindsOf(state, NOON + MINUTE), ['recent']);
  });

  it('is due four intervals after the last success at night, but in the morning at the latest', () => {
    const night = Date.parse('2026-03-15T01:00:00Z');
    assert.equal(plan(situation({ sleep: loaded(night - MINUTE) }), night).nextAt, night + 59 * MINUTE);
    const late = Date.parse('2026-03-15T05:30:00Z');
    assert.equal(plan(situation({ sleep: loaded(late) }), late).nextAt, Date.parse('2026-03-15T06:00:00Z'));
  });

  it('asks again after a clock that was wrong and ran ahead has been set right', () => {
    assert.deepEqual(kindsOf(situation({ sleep: loaded(NOON + 400 * DAY) })), ['recent']);
  });

  it('does not believe a wait that a clock running ahead has written down', () => {
    assert.deepEqual(kindsOf(situation({ sleep: loaded(NOON - HOUR, { retryAt: NOON + 400 * DAY }) })), ['recent']);
    assert.deepEqual(kindsOf(situation({ sleep: loaded(NOON - HOUR, { blockedUntil: NOON + 400 * DAY }) })), ['recent']);
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
    assert.deepEqual(kindsOf(state, NOON + 10 * MINUTE), ['recent']);
  });

  it('stops the history without stopping the polls', () => {
    const families = each((key) => loaded(key === 'sleep' ? 0 : NOON, { reached: '2026-03-09' }));
    assert.deepEqual(kindsOf(situation(families, { historyRuns: false })), ['recent']);
    assert.deepEqual(kindsOf(situation(families, { budget: { fresh: 1000, history: 0, resetAt: NOON + HOUR } })), ['recent']);
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
          family = { ...family, ...settleSuccess(fetch, family, NOTHING, NOON, 'UTC') };
        }
        const hasWindows = endpointOf(endpoint).window.params !== 'none';
        const end = !hasWindows || historyFrom > '2027-01-20' ? '2027-01-20' : historyFrom;
        assert.equal(family.reached, end);
      }),
      { numRuns: 50 },
    );
  });
});

/** Follows plans for three days with every fetch going well. @returns when each family was read */
function threeDays(state: PlannerState, start: number, tookMs: number): ReadonlyMap<EndpointKey, readonly number[]> {
  const reads = new Map<EndpointKey, number[]>(ENDPOINT_KEYS.map((key) => [key, []]));
  let { families } = state;
  let plans = 0;
  for (let now = start; now < start + 3 * DAY;) {
    plans += 1;
    assert.ok(plans < 10_000, 'plans that lead nowhere');
    const { fetches, nextAt } = plan({ ...state, families }, now);
    for (const fetch of fetches) {
      const family = families[fetch.endpoint];
      if (family === undefined) continue;
      const done = settleSuccess(fetch, family, NOTHING, now + tookMs, state.zone);
      families = { ...families, [fetch.endpoint]: { ...family, ...done } };
      if (fetch.kind === 'first' || fetch.kind === 'recent') reads.get(fetch.endpoint)?.push(now);
    }
    now = fetches.length > 0 ? now + Math.max(1, tookMs) : nextAt;
  }
  return reads;
}

/** Local hour by the runtime's own calendar, not by the code under test. */
function hourIn(zone: string, at: number): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(at));
}

describe('three days of plans', () => {
  const starts = ['2026-03-27T22:00:00Z', '2026-10-24T09:30:00Z', '2026-06-01T03:00:00Z'].map((text) => Date.parse(text)); // two with DST

  it('starve no family: each is read every interval by day, every fourth at night, rare ones every six hours by day', () => {
    const input = fc.record({
      start: fc.constantFrom(...starts),
      zone: fc.constantFrom('UTC', 'Europe/Helsinki', 'America/St_Johns'),
      minutes: fc.integer({ min: 10, max: 240 }),
      tookMs: fc.integer({ min: 0, max: 5000 }),
    });
    fc.assert(
      fc.property(input, ({ start, zone, minutes, tookMs }) => {
        const families = each(() => FamilyBook.fresh(true));
        const reads = threeDays(situation(families, { zone, intervalMs: minutes * MINUTE, historyFrom: '2026-01-01' }), start, tookMs);
        for (const [endpoint, times] of reads) {
          const usual = endpointOf(endpoint).freshness === 'rare' ? Math.max(6 * HOUR, minutes * MINUTE) : minutes * MINUTE;
          const all = [...times, start + 3 * DAY];
          for (let index = 1; index < all.length; index += 1) {
            const [from, to] = [all[index - 1] ?? NaN, all[index] ?? NaN];
            const slack = 20 * tookMs + 1; // the fetches before it in its plan, and its own
            const meetsNight = hourIn(zone, from + usual) < 6 || hourIn(zone, from + usual + slack) < 6;
            const longest = meetsNight ? Math.min(4 * usual, usual + 7 * HOUR) : usual; // an hour more where clocks go back
            assert.ok(to - from <= longest + slack, `${endpoint} waited ${(to - from) / MINUTE} minutes`);
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('never read a family more often than its interval', () => {
    const reads = threeDays(situation(each(() => FamilyBook.fresh(true))), starts[0] ?? NaN, 1000);
    for (const [endpoint, times] of reads) {
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? NaN));
      assert.ok(Math.min(...gaps) >= 15 * MINUTE, endpoint);
    }
  });

  it('leave out a family that is switched off', () => {
    const families = each((key) => FamilyBook.fresh(key !== 'tag'));
    assert.deepEqual(threeDays(situation(families), starts[0] ?? NaN, 0).get('tag'), []);
  });
});
