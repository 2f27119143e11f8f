import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { learnArrival } from '../../lib/sync/arrivals';

const NONE: readonly number[] = Object.freeze(Array.from({ length: 168 }, () => 0));
const slot = (at: string, zone: string): number => learnArrival(NONE, Date.parse(at), zone).indexOf(1);

describe('hours at which new data comes', () => {
  it('are counted by local weekday and hour, Monday first', () => {
    assert.equal(slot('2026-03-16T00:30:00Z', 'UTC'), 0); // a Monday
    assert.equal(slot('2026-03-15T23:30:00Z', 'UTC'), 167); // a Sunday
    assert.equal(slot('2026-03-15T22:30:00Z', 'Europe/Helsinki'), 0); // Monday already
  });

  it('grow by one with each arrival, in one place, and leave the table they began with alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }), { maxLength: 20 }), (moments) => {
        const table = moments.reduce((counts, at) => learnArrival(counts, at, 'America/New_York'), NONE);
        assert.equal(table.length, 168);
        assert.equal(
          table.reduce((sum, count) => sum + count, 0),
          moments.length,
        );
      }),
    );
  });
});
