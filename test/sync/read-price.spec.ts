import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ENDPOINT_KEYS, type EndpointKey } from '../../lib/catalogue/endpoints';
import { FamilyBook } from '../../lib/sync/family-book';
import { isGrowing, missedNeeded, oldestAgeOf, priceOf, shareOf, syncsNeeded } from '../../lib/sync/read-price';
import { loadedFamilies, NOON, seenAt, situation } from './support/situation';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** So many syncs a day, spread evenly over the last week. */
const daily = (syncs: number) => seenAt(...Array.from({ length: 7 * syncs }, (_, index) => NOON - 7 * DAY + 1 + (index * DAY) / syncs));
const endpoint = fc.constantFrom(...ENDPOINT_KEYS);
const price = fc.double({ min: 0.001, max: 1000, noNaN: true });
/** Hits never outnumber the syncs they came with. */
const share = fc
  .record({ syncs: fc.double({ min: 0, max: 40, noNaN: true }), rate: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ syncs, rate }) => ({ syncs, hits: syncs * rate }));
const intervalMs = fc.integer({ min: MINUTE, max: DAY });

describe('how often the syncs of a ring bring something of a family', () => {
  it('is thought to be nearly always or hardly ever, by the kind of family, until it was seen', () => {
    const fresh = FamilyBook.fresh(true);
    assert.ok(shareOf('daily_activity', fresh) > 0.5);
    assert.ok(shareOf('ring_battery_level', fresh) > 0.5);
    assert.ok(shareOf('workout', fresh) < 0.1);
    assert.ok(shareOf('sleep', fresh) < 0.1);
  });

  it('is what was seen after many syncs', () => {
    assert.ok(Math.abs(shareOf('workout', { share: { syncs: 1000, hits: 300 } }) - 0.3) < 0.01);
    assert.ok(Math.abs(shareOf('daily_activity', { share: { syncs: 1000, hits: 300 } }) - 0.3) < 0.01);
  });

  it('lies between never and always', () => {
    fc.assert(
      fc.property(endpoint, share, (key, seen) => {
        const found = shareOf(key, { share: seen });
        return found > 0 && found <= 1;
      }),
    );
  });
});

describe('the syncs after which a family is read', () => {
  it('are one or more, and whole', () => {
    fc.assert(
      fc.property(endpoint, share, price, (key, seen, cost) => {
        const needed = syncsNeeded(key, { share: seen }, cost);
        return Number.isInteger(needed) && needed >= 1;
      }),
    );
  });

  it('grow with the price', () => {
    fc.assert(
      fc.property(endpoint, share, price, price, (key, seen, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        return syncsNeeded(key, { share: seen }, low) <= syncsNeeded(key, { share: seen }, high);
      }),
    );
  });

  it('are fewer the more often it moves with a sync', () => {
    fc.assert(
      fc.property(endpoint, fc.integer({ min: 0, max: 40 }), fc.nat({ max: 40 }), fc.nat({ max: 40 }), price, (key, syncs, a, b, cost) => {
        const [few, many] = [Math.min(a, b, syncs), Math.min(Math.max(a, b), syncs)];
        return syncsNeeded(key, { share: { syncs, hits: many } }, cost) <= syncsNeeded(key, { share: { syncs, hits: few } }, cost);
      }),
    );
  });

  it('are one for activity and heart rate at the usual price, and more for what nobody waits for', () => {
    const fresh = FamilyBook.fresh(true);
    const usual = priceOf(situation(), NOON);
    assert.equal(syncsNeeded('daily_activity', fresh, usual), 1);
    assert.equal(syncsNeeded('heartrate', fresh, usual), 1);
    assert.ok(syncsNeeded('daily_stress', fresh, 8 * usual) > 1);
    assert.ok(syncsNeeded('tag', fresh, usual) > 1);
  });
});

describe('the price of a request', () => {
  it('rises when the ring syncs often and the budget is small', () => {
    const small = { limit: 60, fresh: 60, history: 0, resetAt: NOON + 12 * HOUR };
    const often = priceOf(situation({ sightings: daily(24), budget: small }), NOON);
    assert.ok(often > priceOf(situation({ sightings: daily(1), budget: small }), NOON));
    assert.ok(often > priceOf(situation({ sightings: daily(24), intervalMs: 5 * MINUTE }), NOON));
  });

  it('never falls when there are more syncs, or when there is less to spend', () => {
    const limit = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 48 }), limit, limit, (a, b, c, d) => {
        const [few, many, little, much] = [Math.min(a, b), Math.max(a, b), Math.min(c, d), Math.max(c, d)];
        const at = (syncs: number, most: number): number =>
          priceOf(situation({ sightings: daily(syncs), budget: { limit: most, fresh: most, history: 0, resetAt: NOON } }), NOON);
        return at(few, much) <= at(many, much) && at(few, much) <= at(few, little);
      }),
    );
  });

  it('is lower where the account asks for a shorter interval', () => {
    const at = (minutes: number): number => priceOf(situation({ sightings: daily(10), intervalMs: minutes * MINUTE }), NOON);
    assert.ok(at(1) < at(5) && at(5) < at(15) && at(15) < at(60));
  });

  it('is a positive number whatever is read and seen', () => {
    fc.assert(
      fc.property(intervalMs, fc.subarray([...ENDPOINT_KEYS]), fc.nat({ max: 30 }), fc.nat({ max: 6000 }), (every, read, syncs, limit) => {
        const state = situation({
          intervalMs: every,
          families: loadedFamilies((key) => ({ enabled: read.includes(key) })),
          sightings: daily(syncs),
          budget: { limit, fresh: limit, history: 0, resetAt: NOON },
        });
        const found = priceOf(state, NOON);
        return found > 0 && Number.isFinite(found);
      }),
    );
  });
});

describe('the oldest answer of a family that moves seldom', () => {
  it('shrinks with a shorter interval and is never younger than that', () => {
    const health = fc.constantFrom('off' as const, 'active' as const, 'silent' as const);
    fc.assert(
      fc.property(intervalMs, intervalMs, health, fc.subarray([...ENDPOINT_KEYS]), (a, b, webhooks, read) => {
        const [short, long] = [Math.min(a, b), Math.max(a, b)];
        const families = loadedFamilies((key) => ({ enabled: read.includes(key) }));
        const age = (every: number): number => oldestAgeOf(situation({ intervalMs: every, webhooks, families }));
        return age(short) <= age(long) && age(short) >= short && age(long) >= long;
      }),
    );
    const moving = loadedFamilies((key) => ({ enabled: key === 'heartrate' }));
    assert.equal(oldestAgeOf(situation({ intervalMs: MINUTE, families: moving })), MINUTE);
  });

  it('is a day and a half at the usual interval, where every request goes to what moves', () => {
    assert.equal(oldestAgeOf(situation()), 36 * HOUR);
  });

  it('is some hours while webhooks are silent, since the events that did not come may have been of any family', () => {
    const age = oldestAgeOf(situation({ webhooks: 'silent' }));
    assert.ok(age > 4 * HOUR && age < 12 * HOUR, String(age / HOUR));
  });

  it('is an hour or so where a request a minute is wanted', () => {
    assert.ok(oldestAgeOf(situation({ intervalMs: MINUTE })) < 2 * HOUR);
  });
});

describe('the syncs after which all is read that events should have told of', () => {
  const needed = (limit: number, minutes: number, covered: number): number => {
    const families = loadedFamilies((key) => ({ covered: ENDPOINT_KEYS.indexOf(key) < covered }));
    const budget = { limit, fresh: limit, history: 0, resetAt: NOON + DAY };
    return missedNeeded({ families, budget, intervalMs: minutes * MINUTE, webhooks: 'silent' });
  };

  it('are one at the usual interval, and more where the interval is long or the budget is small', () => {
    assert.equal(needed(5000, 15, 16), 1);
    assert.equal(needed(5000, 1, 16), 1);
    assert.equal(needed(5000, 15, 0), 1);
    assert.ok(needed(5000, 60, 16) > 1);
    assert.ok(needed(100, 15, 16) > 2);
  });

  it('leave room for the questions: eight syncs a day fit into the rest of the ration', () => {
    for (const limit of [50, 100, 300, 5000])
      for (const minutes of [1, 15, 60]) {
        const ration = Math.min((260 * 15) / minutes, 0.8 * limit);
        assert.ok((8 * 16) / needed(limit, minutes, 16) <= 0.6 * ration + 1e-9, `${limit} ${minutes}`);
      }
  });
});

describe('a day that is still growing', () => {
  it('is told by activity and stress, not by what is finished when it comes', () => {
    const growing: readonly EndpointKey[] = ENDPOINT_KEYS.filter(isGrowing);
    assert.deepEqual(growing, ['daily_activity', 'daily_stress']);
  });
});
