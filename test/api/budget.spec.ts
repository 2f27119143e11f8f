import assert from 'node:assert/strict';
import { Budget } from '../../lib/api/budget';
import { FakeClock } from '../support/fake-clock';
import { makeSettings } from './make-client';

const DAY_MS = 86_400_000;

function make(
  limit: number,
  settings = makeSettings(),
  clock = new FakeClock(Date.parse('2026-03-01T08:00:00Z')),
): { budget: Budget; settings: ReturnType<typeof makeSettings>; clock: FakeClock } {
  const localOf = (ms: number): { day: string; hour: number } => {
    const local = new Date(ms + 2 * 3_600_000); // a person at UTC+2
    return { day: local.toISOString().slice(0, 10), hour: local.getUTCHours() };
  };
  return { budget: new Budget({ limit, settings, key: 'budget', clock, localOf }), settings, clock };
}

/** Counts by hour. @param counts those that are not 0 */
function hours(counts: Readonly<Record<number, number>>): readonly number[] {
  return Array.from({ length: 24 }, (_, hour) => counts[hour] ?? 0);
}

function take(budget: Budget, times: number, purpose: 'fresh' | 'history' = 'fresh', endpoint = 'sleep'): void {
  for (let n = 0; n < times; n += 1) budget.take(purpose, endpoint);
}

describe("a day's budget", () => {
  it('counts what was sent, by endpoint', () => {
    const { budget } = make(100);
    take(budget, 3);
    take(budget, 2, 'history', 'workout');
    budget.take('fresh');
    const byEndpoint = { sleep: 3, workout: 2 };
    assert.deepEqual(budget.today(), { day: '2026-03-01', used: 6, limit: 100, byEndpoint, byHour: hours({ 10: 6 }) });
    assert.deepEqual([budget.used, budget.left], [6, 94]);
  });

  it('is spent at its limit and says so', () => {
    const { budget } = make(5);
    take(budget, 5);
    assert.throws(
      () => {
        budget.take('fresh');
      },
      { code: 'budget_spent', params: { limit: 5 } },
    );
    assert.deepEqual([budget.used, budget.left], [5, 0]);
  });

  for (const [limit, history] of [
    [5000, 4000],
    [100, 50],
    [5, 2],
    [1, 0],
    [0, 0],
  ] as const) {
    it(`of ${limit} gives history at most ${history}, and fresh data the rest`, () => {
      const { budget } = make(limit);
      take(budget, history, 'history');
      assert.throws(
        () => {
          budget.take('history');
        },
        { code: 'budget_spent' },
      );
      take(budget, limit - history);
      assert.throws(
        () => {
          budget.take('fresh');
        },
        { code: 'budget_spent' },
      );
    });
  }

  it("begins anew with the person's day, not with the UTC day", async () => {
    const { budget, clock } = make(5);
    take(budget, 5);
    await clock.advance(13.9 * 3_600_000); // 21:54 UTC
    assert.throws(
      () => {
        budget.take('fresh');
      },
      { code: 'budget_spent' },
    );
    await clock.advance(0.2 * 3_600_000); // 22:06 UTC is 0:06 of the next day
    take(budget, 5);
    assert.deepEqual(budget.today(), { day: '2026-03-02', used: 5, limit: 5, byEndpoint: { sleep: 5 }, byHour: hours({ 0: 5 }) });
  });

  it("counts by the person's hours, also across a restart", async () => {
    const { budget, settings, clock } = make(100);
    take(budget, 2);
    await clock.advance(5 * 3_600_000);
    take(budget, 3);
    budget.flush();
    const { budget: again } = make(100, settings, clock);
    again.take('fresh');
    assert.deepEqual(again.today().byHour, hours({ 10: 2, 15: 4 }));
  });

  it('goes on with a count that knows no hours, from before they were counted', () => {
    const { settings } = make(100);
    settings.saved.set('budget', { day: '2026-03-01', used: 7, byEndpoint: { sleep: 7 } });
    const { budget } = make(100, settings);
    budget.take('fresh', 'sleep');
    assert.deepEqual(budget.today(), { day: '2026-03-01', used: 8, limit: 100, byEndpoint: { sleep: 8 }, byHour: hours({ 10: 1 }) });
  });

  it('after a crash has lost some requests of the day but never grants more', () => {
    for (const [limit, times] of [
      [5000, 1],
      [5000, 20],
      [5000, 21],
      [5000, 4999],
      [100, 7],
      [5, 3],
    ] as const) {
      const { budget, settings } = make(limit);
      take(budget, times);
      const { budget: again } = make(limit, settings);
      assert.ok(again.used >= times && again.used < times + 20 && again.used <= limit, `${limit} ${times} ${again.used}`);
    }
  });

  it('does so on the second day as well', async () => {
    const { budget, settings, clock } = make(5000);
    take(budget, 100);
    await clock.advance(DAY_MS);
    take(budget, 3);
    const { budget: again } = make(5000, settings, clock);
    assert.ok(again.used >= 3 && again.used <= 23);
  });

  it('after an orderly end has lost none, and does not write at each request', () => {
    const { budget, settings } = make(5000);
    let writes = 0;
    const save = settings.save.bind(settings);
    settings.save = (key, value) => {
      writes += 1;
      save(key, value);
    };
    take(budget, 100);
    assert.equal(writes, 5);
    budget.flush();
    budget.flush();
    assert.equal(writes, 5);
    take(budget, 1);
    budget.flush();
    assert.deepEqual(make(5000, settings).budget.today(), budget.today());
  });

  it('does not take over the count of another day or of a broken file', () => {
    const { budget, settings } = make(100);
    take(budget, 9);
    budget.flush();
    assert.equal(make(100, settings, new FakeClock(Date.parse('2026-03-01T08:00:00Z') + DAY_MS)).budget.used, 0);
    for (const broken of [
      null,
      'x',
      { day: '2026-03-01' },
      { day: '2026-03-01', used: -5, byEndpoint: {} },
      { day: 1, used: 1, byEndpoint: {} },
    ]) {
      settings.saved.set('budget', broken);
      assert.equal(make(100, settings).budget.used, 0);
    }
  });
});
