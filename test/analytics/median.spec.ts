import assert from 'node:assert/strict';
import fc from 'fast-check';
import { median } from '../../lib/analytics/median';

describe('the median', () => {
  it('is the middle value, or the mean of the two in the middle; zero is a value', () => {
    assert.equal(median([9, 0, 2]), 2);
    assert.equal(median(Object.freeze([10, 9, 0, 100])), 9.5);
    assert.equal(median([-3]), -3);
    assert.ok(Number.isNaN(median([])));
  });

  it('moves with its values, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1 }), fc.integer({ min: -9, max: 9 }), (values, by) => {
        assert.equal(median(values.map((value) => value + by).toReversed()), median(values) + by);
      }),
    );
  });
});
