import assert from 'node:assert/strict';
import fc from 'fast-check';
import { longestGap } from '../../lib/sync/longest-gap';
import { seriesHoles } from '../../lib/sync/series-holes';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const every = (stepMs: number, fromMs: number, toMs: number): readonly number[] =>
  Array.from({ length: Math.ceil((toMs - fromMs) / stepMs) }, (_, index) => fromMs + index * stepMs);

const holesOf = (times: readonly number[], within: { readonly fromMs: number; readonly toMs: number }) =>
  seriesHoles(times, within, longestGap(times));

describe('the holes of a series', () => {
  const within = { fromMs: 0, toMs: DAY };

  it('are the stretches of more than two hours without a row', () => {
    const times = [...every(5 * MINUTE, 0, 6 * HOUR), ...every(5 * MINUTE, 9 * HOUR, DAY)];
    assert.deepEqual(holesOf(Object.freeze(times), within), [{ fromMs: 6 * HOUR - 5 * MINUTE, toMs: 9 * HOUR }]);
  });

  it('are none where the ring was charged for an hour', () => {
    const times = [...every(5 * MINUTE, 0, 6 * HOUR), ...every(5 * MINUTE, 7 * HOUR, DAY)];
    assert.deepEqual(holesOf(times, within), []);
  });

  it('reach to both ends of the stretch that is looked at', () => {
    assert.deepEqual(holesOf(every(5 * MINUTE, 5 * HOUR, 20 * HOUR), within), [
      { fromMs: 0, toMs: 5 * HOUR },
      { fromMs: 20 * HOUR - 5 * MINUTE, toMs: DAY },
    ]);
    assert.deepEqual(holesOf([], within), [within]);
  });

  it('are measured by the usual spacing where rows come once an hour: three hours are none, six are one', () => {
    const hourly = every(HOUR, 0, DAY);
    assert.deepEqual(
      holesOf(
        hourly.filter((time) => time !== 5 * HOUR && time !== 6 * HOUR),
        within,
      ),
      [],
    );
    assert.deepEqual(
      holesOf(
        hourly.filter((time) => time <= 5 * HOUR || time >= 11 * HOUR),
        within,
      ),
      [{ fromMs: 5 * HOUR, toMs: 11 * HOUR }],
    );
  });

  it('hold no row, lie apart and in order, whatever the rows', () => {
    const rows = fc.array(fc.integer({ min: -DAY, max: 3 * DAY }), { maxLength: 60 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 2 * DAY }), (unordered, length) => {
        const times = unordered.toSorted((a, b) => a - b);
        const holes = seriesHoles(times, { fromMs: 0, toMs: length }, 2 * HOUR);
        for (const [index, { fromMs, toMs }] of holes.entries()) {
          assert.ok(fromMs >= 0 && toMs <= length && toMs - fromMs > 2 * HOUR);
          assert.ok(times.every((time) => time <= fromMs || time >= toMs));
          assert.ok(fromMs >= (holes[index - 1]?.toMs ?? 0));
        }
      }),
    );
  });
});
