import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { WEBHOOK_FAMILIES } from '../../lib/catalogue/webhook-families';
import { LIMITS } from '../../lib/catalogue/limits';
import type { WaitingEvent } from '../../lib/ports/event-queue';
import { eventWishes } from '../../lib/sync/event-fetches';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NOW = Date.parse('2026-03-15T12:00:00Z');

/** Events with what is usual where nothing is given: of one family, received a minute ago, each of its own document. */
const waiting = (...events: readonly Partial<WaitingEvent>[]): readonly WaitingEvent[] =>
  events.map((event, index) => ({
    seq: index + 1,
    endpoint: 'daily_sleep',
    kind: 'create',
    id: `d-${String(index + 1)}`,
    at: NOW - 2 * MINUTE,
    receivedAt: NOW - MINUTE,
    tries: 0,
    notBefore: 0,
    ...event,
  }));
const wishes = (events: readonly WaitingEvent[], now = NOW, needed = 1) => eventWishes(events, now, () => needed);

describe('what events ask for', () => {
  it('is nothing where none waits', () => {
    assert.deepEqual(wishes([]), { wishes: [], nextAt: Infinity });
  });

  it('is the one document of a family, or all that is new where several are told of', () => {
    assert.deepEqual(wishes(waiting({ id: 'a' }, { id: 'a', kind: 'update' })).wishes, [{ endpoint: 'daily_sleep', id: 'a' }]);
    assert.deepEqual(wishes(waiting({}, {}, { endpoint: 'workout', id: 'w' })).wishes, [
      { endpoint: 'daily_sleep', id: null },
      { endpoint: 'workout', id: 'w' },
    ]);
  });

  it('waits until a swarm is over, but not for long', () => {
    const swarm = (received: readonly number[], now: number) => wishes(waiting(...received.map((receivedAt) => ({ receivedAt }))), now);
    assert.deepEqual(swarm([NOW], NOW), { wishes: [], nextAt: NOW + LIMITS.eventQuietMs });
    assert.deepEqual(swarm([NOW, NOW + SECOND], NOW + LIMITS.eventQuietMs).wishes, []);
    assert.equal(swarm([NOW, NOW + SECOND], NOW + SECOND + LIMITS.eventQuietMs).wishes.length, 1);
    const steady = [0, 1, 2, 3, 4, 5].map((second) => NOW + second * SECOND);
    assert.equal(swarm(steady, NOW + LIMITS.eventWaitMaxMs).wishes.length, 1);
  });

  it('asks again for what was missing when its pause is over, by its id, after what is new', () => {
    const missing = { id: 'm', tries: 1, notBefore: NOW + MINUTE };
    assert.deepEqual(wishes(waiting(missing)), { wishes: [], nextAt: NOW + MINUTE });
    assert.deepEqual(wishes(waiting(missing), NOW + MINUTE).wishes, [{ endpoint: 'daily_sleep', id: 'm' }]);
    assert.deepEqual(wishes(waiting(missing, { id: 'n' }), NOW + MINUTE).wishes, [{ endpoint: 'daily_sleep', id: 'n' }]);
  });

  it('holds updates of a growing day back until enough have come or four hours have passed; never what is new', () => {
    const update = { kind: 'update', endpoint: 'daily_activity' } as const;
    assert.deepEqual(wishes(waiting(update), NOW, 2), { wishes: [], nextAt: NOW - MINUTE + LIMITS.eventHoldMs });
    assert.equal(wishes(waiting(update, update), NOW, 2).wishes.length, 1);
    assert.equal(wishes(waiting(update), NOW - MINUTE + LIMITS.eventHoldMs, 2).wishes.length, 1);
    assert.equal(wishes(waiting({ ...update, kind: 'create' }), NOW, 2).wishes.length, 1);
  });

  it('leaves deletions alone: there is nothing to ask for', () => {
    assert.deepEqual(wishes(waiting({ kind: 'delete' })), { wishes: [], nextAt: Infinity });
  });

  it('does not wait for a moment that a clock ahead of time has written down', () => {
    const ahead = NOW + 365 * 24 * HOUR;
    assert.equal(wishes(waiting({ tries: 3, notBefore: ahead })).wishes.length, 1);
    assert.equal(wishes(waiting({ receivedAt: ahead })).wishes.length, 1);
    assert.equal(wishes(waiting({ receivedAt: ahead, kind: 'update' }), NOW, 3).wishes.length, 1);
  });

  it('is at most one question a family, and each event is asked for now or has its time', () => {
    const event = fc.record({
      endpoint: fc.constantFrom(...WEBHOOK_FAMILIES),
      kind: fc.constantFrom('create' as const, 'update' as const),
      id: fc.constantFrom('a', 'b', 'c'),
      receivedAt: fc.integer({ min: NOW - 6 * HOUR, max: NOW }),
      tries: fc.nat({ max: 3 }),
      notBefore: fc.constantFrom(0, NOW - 1, NOW, NOW + 1, NOW + HOUR),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (parts, needed) => {
        const events = Object.freeze(waiting(...parts));
        const found = wishes(events, NOW, needed);
        const families = found.wishes.map(({ endpoint }): EndpointKey => endpoint);
        assert.equal(new Set(families).size, families.length);
        assert.ok(found.nextAt > NOW);
        const others = events.filter(({ endpoint }) => !families.includes(endpoint));
        if (others.length > 0) assert.ok(found.nextAt <= NOW + LIMITS.eventHoldMs, String(found.nextAt - NOW));
        const later = wishes(events, NOW + LIMITS.eventHoldMs + 1, needed).wishes.map(({ endpoint }) => endpoint);
        for (const { endpoint } of events) assert.ok(later.includes(endpoint));
      }),
    );
  });
});
