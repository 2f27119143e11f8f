import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { LIMITS } from '../../lib/catalogue/limits';
import { openSqliteStore } from '../../lib/store/sqlite-store';
import { FamilyBook } from '../../lib/sync/family-book';
import type { Fetch } from '../../lib/sync/plan';
import { localSlots } from '../../lib/sync/local-slots';
import { SyncSight, type Look } from '../../lib/sync/sync-sight';
import { USUAL_WAKING } from '../../lib/sync/waking';
import { temporaryFolder } from '../store/support/temporary-folder';
import { memoryKeeper } from './support/memory-keeper';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-03-15T12:00:00Z');

const NOTHING: Look['outcome'] = { created: 0, updated: 0, rows: 0, changedDay: '2026-03-15', newestAt: null };
const recent = (endpoint: EndpointKey): Fetch => ({ kind: 'recent', endpoint, from: '2026-03-13', to: '2026-03-16' });

/** A read of a family that was read before at `readAt`. */
const lookOf = (fetch: Fetch, readAt: number | null, now: number, outcome: Partial<Look['outcome']> = { updated: 1 }): Look => ({
  fetch,
  before: { ...FamilyBook.fresh(true), reached: '2026-01-01', lastSuccessAt: readAt },
  outcome: { ...NOTHING, ...outcome },
  at: now,
  zone: 'UTC',
});

describe('what was seen of the syncs of a ring', () => {
  let sight: SyncSight;
  let keeper: ReturnType<typeof memoryKeeper>;
  beforeEach(() => {
    keeper = memoryKeeper();
    sight = new SyncSight(keeper);
  });

  const look = (endpoint: EndpointKey, readAt: number | null, now: number, outcome?: Partial<Look['outcome']>): void => {
    sight.look(lookOf(recent(endpoint), readAt, now, outcome));
  };
  const seen = (): readonly (readonly [number, number])[] => sight.sightings.map(({ at, seenAt }) => [at - NOW, seenAt - NOW]);

  it('is a sync between two looks when the second brought something, in the middle as long as nothing tells better', () => {
    look('daily_activity', NOW - 30 * MINUTE, NOW);
    assert.deepEqual(sight.sightings, [{ at: NOW - 15 * MINUTE, seenAt: NOW, app: false }]);
    assert.equal(sight.lookedAt, NOW);
  });

  it('is none when nothing came, but the time of the look', () => {
    look('daily_activity', NOW - 30 * MINUTE, NOW, NOTHING);
    assert.deepEqual([sight.sightings, sight.lookedAt], [[], NOW]);
  });

  it('is after the last look, also where another family was asked then', () => {
    look('heartrate', NOW - HOUR, NOW - 10 * MINUTE, NOTHING);
    look('daily_activity', NOW - 2 * HOUR, NOW);
    assert.deepEqual(seen(), [[-5 * MINUTE, 0]]);
  });

  it('is one sync although several families bring it', () => {
    look('daily_activity', NOW - HOUR, NOW);
    look('heartrate', NOW - 2 * HOUR, NOW + SECOND, { rows: 12, newestAt: null });
    look('ring_battery_level', NOW - 3 * HOUR, NOW + 2 * SECOND, { rows: 4 });
    look('daily_stress', NOW - 90 * MINUTE, NOW + 40 * MINUTE, { updated: 1 }); // unread since before that sync
    assert.deepEqual(seen(), [[-30 * MINUTE, 0]]);
  });

  it('is another sync when what was read after the first one has moved again', () => {
    look('daily_activity', NOW - HOUR, NOW);
    look('daily_activity', NOW, NOW + 20 * MINUTE);
    assert.deepEqual(seen(), [
      [-30 * MINUTE, 0],
      [10 * MINUTE, 20 * MINUTE],
    ]);
  });

  it('is another sync when a series that was unread since before the first one has a row from after it', () => {
    look('daily_activity', NOW - HOUR, NOW);
    look('ring_battery_level', NOW - 2 * HOUR, NOW + HOUR, { rows: 9, newestAt: NOW + 50 * MINUTE });
    assert.deepEqual(seen()[1], [50 * MINUTE, HOUR]);
  });

  it('is no other sync when that row is from before the last look, or from the future', () => {
    look('daily_activity', NOW - HOUR, NOW);
    look('heartrate', NOW, NOW + 30 * MINUTE, NOTHING);
    for (const newestAt of [NOW + 20 * MINUTE, NOW + 2 * HOUR])
      look('ring_battery_level', NOW - 2 * HOUR, NOW + HOUR, { rows: 9, newestAt });
    assert.equal(seen().length, 1);
  });

  it('is sharpened by the newest row of a series, which is from just before the sync', () => {
    look('daily_activity', NOW - 30 * MINUTE, NOW);
    look('heartrate', NOW - 2 * HOUR, NOW + SECOND, { rows: 12, newestAt: NOW - 4 * MINUTE });
    assert.deepEqual(seen(), [[-4 * MINUTE, 0]]);
    look('heartrate', NOW + SECOND, NOW + HOUR, { rows: 12, newestAt: NOW + 50 * MINUTE });
    assert.deepEqual(seen()[1], [50 * MINUTE, HOUR]);
  });

  it('is put by the latest of several series, whichever is read first', () => {
    look('daily_activity', NOW - 30 * MINUTE, NOW);
    look('heartrate', NOW - 2 * HOUR, NOW + SECOND, { rows: 12, newestAt: NOW - 9 * MINUTE });
    look('ring_battery_level', NOW - 2 * HOUR, NOW + 2 * SECOND, { rows: 2, newestAt: NOW - 4 * MINUTE });
    assert.deepEqual(seen(), [[-4 * MINUTE, 0]]);
    look('heartrate', NOW + SECOND, NOW + HOUR, { rows: 12, newestAt: NOW + 50 * MINUTE });
    look('ring_battery_level', NOW + 2 * SECOND, NOW + HOUR + SECOND, { rows: 2, newestAt: NOW + 40 * MINUTE });
    assert.deepEqual(seen()[1], [50 * MINUTE, HOUR]);
  });

  it('is not put earlier by rows where an event told when it was', () => {
    look('daily_activity', NOW - 30 * MINUTE, NOW);
    sight.told(NOW + HOUR, NOW + HOUR);
    look('heartrate', NOW - 2 * HOUR, NOW + HOUR + SECOND, { rows: 12, newestAt: NOW + 50 * MINUTE });
    assert.deepEqual(seen()[1], [HOUR, HOUR]);
  });

  it('is not moved by rows that are older than the sync can be, or come from the future', () => {
    look('daily_activity', NOW - 30 * MINUTE, NOW);
    for (const newestAt of [NOW - 15 * MINUTE - LIMITS.syncSpreadMs, NOW + MINUTE])
      look('heartrate', NOW - 2 * HOUR, NOW + SECOND, { rows: 12, newestAt });
    assert.deepEqual(seen(), [[-15 * MINUTE, 0]]);
  });

  it('is nothing where a first load, history or one document brings data, or a family that does not move with each sync', () => {
    const week = { endpoint: 'daily_activity', from: '2026-03-09', to: '2026-03-16' } as const;
    sight.look(lookOf({ kind: 'first', ...week }, null, NOW));
    sight.look(lookOf({ kind: 'history', ...week }, NOW - HOUR, NOW));
    sight.look(lookOf({ kind: 'document', endpoint: 'daily_activity', id: 'a' }, NOW - HOUR, NOW));
    for (const endpoint of ['sleep', 'workout', 'tag', 'daily_sleep', 'ring_configuration'] as const) look(endpoint, NOW - HOUR, NOW);
    look('daily_activity', null, NOW); // never read: it may have come long ago
    assert.deepEqual(sight.sightings, []);
  });

  it('puts a sync that was found after days into the last of them', () => {
    look('daily_activity', NOW - 5 * DAY, NOW);
    assert.deepEqual(seen(), [[-12 * HOUR, 0]]);
  });

  it('takes a comparison for a look as well', () => {
    sight.look(lookOf({ kind: 'reconcile', endpoint: 'daily_activity', from: '2026-03-01', to: '2026-03-16' }, NOW - HOUR, NOW));
    assert.equal(sight.sightings.length, 1);
  });

  it('is told by events of webhooks, many of one sync once', () => {
    sight.told(NOW - 30 * SECOND, NOW);
    sight.told(NOW - 29 * SECOND, NOW + SECOND);
    sight.told(NOW - 30 * SECOND + LIMITS.ringSyncMs, NOW + LIMITS.ringSyncMs);
    assert.deepEqual(seen(), [[-30 * SECOND, 0]]);
    assert.equal(sight.lookedAt, NOW - 30 * SECOND);
    sight.told(NOW + HOUR, NOW + HOUR);
    assert.equal(sight.sightings.length, 2);
  });

  it('is not told by events of yesterday, nor by late ones of an earlier sync', () => {
    sight.told(NOW - LIMITS.silentMs - 1, NOW);
    assert.deepEqual(sight.sightings, []);
    sight.told(NOW - MINUTE, NOW);
    sight.told(NOW - 2 * HOUR, NOW);
    assert.deepEqual(seen(), [[-MINUTE, 0]]);
  });

  it('is one sync that an event told of and a read brought', () => {
    sight.told(NOW - 30 * SECOND, NOW);
    look('daily_activity', NOW - HOUR, NOW + SECOND);
    assert.deepEqual(seen(), [[-30 * SECOND, 0]]);
  });

  it('is told also where the clock of Oura is a little ahead of ours', () => {
    sight.told(NOW + 20 * SECOND, NOW);
    assert.deepEqual(seen(), [[0, 0]]);
    sight.told(NOW + 2 * HOUR, NOW + MINUTE); // that far it is not
    assert.deepEqual(seen(), [[0, 0]]);
  });

  it('knows when the app was opened: with last night, right after a sync was seen', () => {
    look('daily_activity', NOW - HOUR, NOW);
    sight.appOpened(NOW + SECOND);
    sight.appOpened(NOW + 2 * SECOND);
    assert.deepEqual(
      sight.sightings.map(({ app }) => app),
      [true],
    );
    look('daily_activity', NOW, NOW + HOUR);
    sight.appOpened(NOW + HOUR + LIMITS.ringSyncMs + 1);
    assert.deepEqual(
      sight.sightings.map(({ app }) => app),
      [true, false],
    );
  });

  it('takes no opening of the app where no sync was seen', () => {
    sight.appOpened(NOW);
    assert.deepEqual(sight.sightings, []);
  });

  it('counts the questions of each day for the last days: whether the ring has synced, and all others', () => {
    for (let day = 1; day <= 10; day += 1) {
      const name = `2026-03-${String(day).padStart(2, '0')}`;
      sight.count('daily_activity', 'daily_activity', name);
      sight.count('sleep', 'daily_activity', name);
      sight.count('heartrate', null, name);
    }
    assert.equal(sight.usage.length, 8);
    assert.deepEqual(sight.usage.at(-1), { day: '2026-03-10', probes: 1, reads: 2 });
    assert.equal(sight.usage[0]?.day, '2026-03-03');
  });

  it('learns the rhythm anew with each sync and every six hours, and is the same in between', () => {
    const clock = localSlots('UTC');
    const before = sight.rhythm(USUAL_WAKING, clock, NOW);
    assert.equal(sight.rhythm(USUAL_WAKING, clock, NOW + 5 * HOUR), before);
    assert.notEqual(sight.rhythm(USUAL_WAKING, clock, NOW + 7 * HOUR), before);
    const later = sight.rhythm(USUAL_WAKING, clock, NOW + 7 * HOUR);
    assert.notEqual(sight.rhythm(USUAL_WAKING, localSlots('Europe/Helsinki'), NOW + 7 * HOUR), later);
    const known = sight.rhythm(USUAL_WAKING, clock, NOW + 7 * HOUR);
    look('daily_activity', NOW + 6 * HOUR, NOW + 7 * HOUR);
    assert.notEqual(sight.rhythm(USUAL_WAKING, clock, NOW + 7 * HOUR), known);
  });

  it('remembers the newest syncs, not all of them', () => {
    for (let index = 0; index <= LIMITS.sightingsMax; index += 1) sight.told(NOW + index * HOUR, NOW + index * HOUR);
    assert.equal(sight.sightings.length, LIMITS.sightingsMax);
    assert.equal(sight.sightings[0]?.at, NOW + HOUR);
  });

  it('goes on when the clock was set back: what a clock that was ahead wrote down has not happened', () => {
    const ahead = NOW + 365 * DAY;
    look('daily_activity', ahead - HOUR, ahead);
    sight = new SyncSight(keeper);
    look('daily_activity', ahead, NOW); // its last read lies ahead, too
    look('daily_activity', NOW, NOW + 10 * MINUTE);
    sight.told(NOW + HOUR, NOW + HOUR);
    assert.deepEqual(seen(), [
      [5 * MINUTE, 10 * MINUTE],
      [HOUR, HOUR],
    ]);
    assert.equal(sight.lookedAt, NOW + HOUR);
  });

  it('stays in order, each sync no later than it was seen, whatever is read and told', () => {
    const step = fc.record({
      passes: fc.integer({ min: 0, max: 6 * HOUR }),
      endpoint: fc.constantFrom('daily_activity' as const, 'heartrate' as const, 'ring_battery_level' as const, 'daily_stress' as const),
      isNew: fc.boolean(),
      newest: fc.option(fc.integer({ min: -8 * HOUR, max: MINUTE })),
      told: fc.option(fc.integer({ min: -2 * DAY, max: 10 * MINUTE })),
      app: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const any = new SyncSight(memoryKeeper());
        const readAt = new Map<EndpointKey, number>();
        let now = NOW;
        for (const { passes, endpoint, isNew, newest, told, app } of steps) {
          now += passes;
          if (told !== null) any.told(now + told, now);
          const newestAt = newest === null ? null : now + newest;
          any.look(lookOf(recent(endpoint), readAt.get(endpoint) ?? null, now, { rows: isNew ? 1 : 0, newestAt }));
          readAt.set(endpoint, now);
          if (app) any.appOpened(now);
        }
        const { sightings } = any;
        for (const { at, seenAt } of sightings) assert.ok(at <= seenAt && seenAt <= now);
        assert.deepEqual(
          sightings.map(({ at }) => at),
          sightings.map(({ at }) => at).toSorted((a, b) => a - b),
        );
      }),
    );
  });
});

describe('what was seen of the syncs of a ring, after a restart', () => {
  const file = temporaryFolder();
  const open = () => openSqliteStore(file('ann.sqlite'), { clock: { now: () => NOW, delay: () => Promise.resolve() } });

  it('is what it was before', () => {
    const first = memoryKeeper(open());
    const before = new SyncSight(first);
    before.count('daily_activity', 'daily_activity', '2026-03-15');
    before.look(lookOf(recent('daily_activity'), NOW - HOUR, NOW));
    before.appOpened(NOW);
    first.close();
    const second = memoryKeeper(open());
    const after = new SyncSight(second);
    assert.deepEqual(after.sightings, [{ at: NOW - 30 * MINUTE, seenAt: NOW, app: true }]);
    assert.deepEqual([after.sightings, after.lookedAt, after.usage], [before.sightings, before.lookedAt, before.usage]);
    second.close();
  });

  it('begins anew where what was kept cannot be read', () => {
    const keeper = memoryKeeper();
    keeper.write((store) => {
      store.state.save('sight', { sightings: [{ at: 'noon' }], lookedAt: null });
    });
    const sight = new SyncSight(keeper);
    assert.deepEqual([sight.sightings, sight.lookedAt, sight.usage], [[], null, []]);
  });
});
