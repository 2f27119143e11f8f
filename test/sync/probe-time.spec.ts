import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LIMITS } from '../../lib/catalogue/limits';
import { localSlots } from '../../lib/sync/local-slots';
import type { PlannerState } from '../../lib/sync/plan';
import { probesMinOf, probeTime, rationOf } from '../../lib/sync/probe-time';
import { rhythmOf } from '../../lib/sync/rhythm';
import { loadedFamilies, NOON, seenAt, situation } from './support/situation';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NIGHT = Date.parse('2026-03-15T00:00:00Z');
const ZONES = ['UTC', 'Europe/Helsinki', 'America/St_Johns', 'Pacific/Auckland', 'UTC+5:45'] as const;

const budgetOf = (limit: number): PlannerState['budget'] => ({ limit, fresh: limit, history: 0, resetAt: NOON + DAY });

/** Any state, as far as the time of a probe depends on it. */
const seen = fc
  .record({
    lookedAt: fc.integer({ min: NOON - 3 * DAY, max: NOON + DAY }),
    ages: fc.array(fc.integer({ min: 0, max: 40 * DAY }), { maxLength: 40 }),
    zone: fc.constantFrom(...ZONES),
    webhooks: fc.constantFrom('off' as const, 'active' as const, 'silent' as const),
    limit: fc.nat({ max: 6000 }),
    usage: fc.array(fc.record({ probes: fc.nat({ max: 200 }), reads: fc.nat({ max: 200 }) }), { maxLength: 8 }),
    waking: fc.record({ from: fc.integer({ min: 0, max: 1439 }), to: fc.integer({ min: 0, max: 1439 }) }),
  })
  .map(({ lookedAt, ages, limit, usage, waking, zone, webhooks }) => {
    const sightings = seenAt(...ages.map((age) => lookedAt - age).toSorted((a, b) => a - b));
    return situation({
      lookedAt,
      sightings,
      zone,
      webhooks,
      waking,
      budget: budgetOf(limit),
      usage: usage.map((use, index) => ({ day: `2026-03-${String(index + 10)}`, ...use })),
      rhythm: rhythmOf(sightings, waking, localSlots(zone), lookedAt),
    });
  });
const intervalMs = fc.integer({ min: MINUTE, max: DAY });
/** A rhythm in which nothing is to be expected: only the longest pauses count. */
const NO_SYNCS: PlannerState['rhythm'] = { rates: Array.from({ length: 168 }, () => 0), gaps: [1], nights: [], effort: 1 };

describe('the time to ask whether the ring has synced', () => {
  it('is at once when it was never asked, and never in a sandbox', () => {
    assert.equal(probeTime(situation({ lookedAt: null })), 0);
    assert.equal(probeTime(situation({ intervalMs: Infinity })), Infinity);
    assert.equal(probeTime(situation({ intervalMs: Infinity, lookedAt: null })), Infinity);
  });

  it('is after the last look and within the longest pause, whatever was seen', () => {
    fc.assert(
      fc.property(seen, intervalMs, (state, every) => {
        const found = probeTime({ ...state, intervalMs: every });
        const paused = found - (state.lookedAt ?? 0);
        return Number.isFinite(found) && paused >= MINUTE && paused <= LIMITS.probePauseMaxMs;
      }),
    );
  });

  it('is never later with a shorter interval', () => {
    fc.assert(
      fc.property(seen, intervalMs, intervalMs, (state, a, b) => {
        return probeTime({ ...state, intervalMs: Math.min(a, b) }) <= probeTime({ ...state, intervalMs: Math.max(a, b) });
      }),
    );
  });

  it('is never later when there is more to spend', () => {
    fc.assert(
      fc.property(seen, fc.nat({ max: 300 }), fc.nat({ max: 300 }), (state, a, b) => {
        const at = (limit: number): number => probeTime({ ...state, budget: budgetOf(limit) });
        return at(Math.max(a, b)) <= at(Math.min(a, b));
      }),
    );
  });

  it('is sooner the less of the ration reading took on the days before; today does not count yet', () => {
    const at = (reads: number, today = 0): number =>
      probeTime(
        situation({
          lookedAt: NOON,
          intervalMs: 60 * MINUTE,
          budget: budgetOf(5000),
          webhooks: 'off',
          usage: [
            { day: '2026-03-14', probes: 20, reads },
            { day: '2026-03-15', probes: 5, reads: today },
          ],
        }),
      );
    assert.ok(at(1) < at(60));
    assert.equal(at(1, 500), at(1));
  });

  it('comes after at most four intervals by day and twenty-four at night', () => {
    const at = (lookedAt: number, every: number): number =>
      probeTime(situation({ lookedAt, intervalMs: every * MINUTE, rhythm: NO_SYNCS, sightings: seenAt(lookedAt) })) - lookedAt;
    assert.equal(at(NOON, 15), HOUR);
    assert.equal(at(NIGHT, 15), 6 * HOUR);
    assert.equal(at(NOON, 5), 20 * MINUTE);
    assert.equal(at(NIGHT, 5), 2 * HOUR);
  });

  it('comes less and less often while the ring is silent, but at least every six hours', () => {
    const at = (days: number): number =>
      probeTime(situation({ lookedAt: NOON, sightings: seenAt(NOON - days * DAY), budget: budgetOf(100), intervalMs: 15 * MINUTE })) - NOON;
    assert.ok(at(1) < at(3));
    assert.ok(at(3) <= at(30));
    assert.equal(at(30), LIMITS.probePauseMaxMs);
  });

  it('comes less often at night, and most often after waking while last night is missing', () => {
    const every = 15 * MINUTE;
    const after = (time: string, sightings: PlannerState['sightings'] = []): number => {
      const lookedAt = Date.parse(time);
      const families = loadedFamilies(() => ({ newestDay: '2026-03-14' }));
      return probeTime(situation({ lookedAt, intervalMs: every, sightings, families })) - lookedAt;
    };
    const opened = [{ at: Date.parse('2026-03-15T07:05:00Z'), seenAt: Date.parse('2026-03-15T07:05:00Z'), app: true }];
    assert.ok(after('2026-03-15T08:15:00Z') < after('2026-03-15T08:15:00Z', opened));
    assert.ok(after('2026-03-15T14:00:00Z') < after('2026-03-15T00:30:00Z'));
  });

  it('does not wait for a night that is stored, whatever brought it', () => {
    const after = (newestDay: string): number => {
      const lookedAt = Date.parse('2026-03-15T08:15:00Z');
      return probeTime(situation({ lookedAt, families: loadedFamilies(() => ({ newestDay })) })) - lookedAt;
    };
    assert.ok(after('2026-03-14') < after('2026-03-15'));
  });

  it('comes at most once a minute', () => {
    const busy = { ...NO_SYNCS, rates: Array.from({ length: 168 }, () => 1000) };
    assert.equal(probeTime(situation({ rhythm: busy, intervalMs: MINUTE })) - NOON, MINUTE);
  });

  it('comes sooner while webhooks are silent than without any', () => {
    const at = (webhooks: PlannerState['webhooks']): number => probeTime(situation({ webhooks, sightings: seenAt(NOON - HOUR) }));
    assert.ok(at('silent') < at('off'));
  });

  it('comes twice an hour at least while webhooks are silent, at night too', () => {
    for (const lookedAt of [NOON, NIGHT]) {
      const state = situation({ lookedAt, rhythm: NO_SYNCS, sightings: seenAt(lookedAt), webhooks: 'silent' });
      assert.equal(probeTime(state) - lookedAt, 30 * MINUTE);
    }
  });

  it('comes after two and a half hours at most by day while events of webhooks come', () => {
    const state = situation({ rhythm: NO_SYNCS, sightings: seenAt(NOON), webhooks: 'active' });
    assert.equal(probeTime(state) - NOON, 150 * MINUTE);
  });

  it('leaves most of a small budget to reading, and a ring in a drawer alone, with webhooks too', () => {
    const pause = (webhooks: PlannerState['webhooks'], limit: number, daysSilent = 0): number =>
      probeTime(
        situation({ webhooks, rhythm: NO_SYNCS, sightings: seenAt(NOON - daysSilent * DAY), budget: budgetOf(limit), intervalMs: MINUTE }),
      ) - NOON;
    for (const webhooks of ['active', 'silent'] as const) {
      assert.ok(DAY / pause(webhooks, 50) <= 16, webhooks); // two fifths of four fifths of the budget
      assert.ok(pause(webhooks, 5000, 10) >= 9 * pause(webhooks, 5000), webhooks);
    }
  });

  it('waits longer while events of webhooks come', () => {
    const at = (webhooks: PlannerState['webhooks']): number => probeTime(situation({ webhooks, sightings: seenAt(NOON - HOUR) }));
    assert.ok(at('active') > at('off'));
  });
});

describe('the requests of a day', () => {
  it('are aimed at by the interval, fewer with webhooks, and within a small budget', () => {
    const of = (webhooks: PlannerState['webhooks'], minutes: number, limit = 5000): number =>
      rationOf({ webhooks, intervalMs: minutes * MINUTE, budget: budgetOf(limit) });
    assert.equal(of('off', 15), LIMITS.rationPolling);
    assert.equal(of('active', 15), LIMITS.rationWebhooks);
    assert.equal(of('silent', 15), LIMITS.rationSilent);
    assert.equal(of('off', 5), 3 * LIMITS.rationPolling);
    assert.equal(of('off', 5, 100), 80);
    const least = (webhooks: PlannerState['webhooks'], limit = 5000): number =>
      probesMinOf({ webhooks, intervalMs: 15 * MINUTE, budget: budgetOf(limit) });
    assert.ok(least('off') > least('active'));
    assert.ok(Math.abs(least('off', 20) - 6.4) < 1e-9); // a small budget is not spent on asking for syncs
  });
});
