import assert from 'node:assert/strict';
import fc from 'fast-check';
import { retrySchedule } from '../../lib/api/retry-schedule';
import { FakeRandom } from '../support/fake-random';

describe('waits between tries', () => {
  it('double up to the maximum, and jitter is part of the number documented', () => {
    const policy = { tries: 6, firstDelayMs: 1000, maxDelayMs: 5000 };
    // by hand: 0.5 × 1000, 0.5 × 2000, 0.5 × 4000, then 0.5 × 5000
    assert.deepEqual([...retrySchedule(new FakeRandom([0.5]), policy)], [500, 1000, 2000, 2500, 2500]);
    assert.deepEqual([...retrySchedule(new FakeRandom([0, 0.25, 0.999]), policy)], [0, 500, 3996, 0, 1250]);
  });

  it('by default: three waits below 1, 2 and 4 seconds', () => {
    assert.deepEqual([...retrySchedule(new FakeRandom([0.999]))], [999, 1998, 3996]);
  });

  it('are one fewer than the tries and never above the bound', () => {
    const property = fc.property(fc.nat(12), fc.double({ min: 0, max: 0.999, noNaN: true }), (tries, number) => {
      const waits = [...retrySchedule(new FakeRandom([number]), { tries, firstDelayMs: 700, maxDelayMs: 9000 })];
      assert.equal(waits.length, Math.max(0, tries - 1));
      for (const [n, wait] of waits.entries()) assert.ok(Number.isInteger(wait) && wait >= 0 && wait < Math.min(9000, 700 * 2 ** n));
    });
    fc.assert(property);
  });
});
