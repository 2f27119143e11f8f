import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IncomingRow } from '../../lib/ports/series';
import { LastInstant } from '../../lib/sync/last-instant';

const row = (time: number, bpm: number): IncomingRow => ({ time, body: { bpm } });

describe('pages of a series', () => {
  it('hand on rows of one instant together, also when a page ends between them', () => {
    const seam = new LastInstant();
    assert.deepEqual(seam.take([row(1, 50), row(2, 51)]), [row(1, 50)]);
    assert.deepEqual(seam.take([row(2, 52), row(3, 53)]), [row(2, 51), row(2, 52)]);
    assert.deepEqual(seam.rest(), [row(3, 53)]);
    assert.deepEqual(seam.rest(), []);
  });

  it('count a row once that two windows both bring', () => {
    const seam = new LastInstant();
    seam.take([row(1, 50), row(2, 51)]);
    assert.deepEqual(seam.take([row(2, 51), row(3, 53)]), [row(2, 51)]);
  });

  it('lose and double nothing, whatever the page size', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (steps, size) => {
        let time = 0;
        const rows = steps.map((step, index) => row((time += step), index));
        const seam = new LastInstant();
        const out: (readonly IncomingRow[])[] = [];
        for (let from = 0; from < rows.length; from += size) out.push(seam.take(rows.slice(from, from + size)));
        out.push(seam.rest());
        assert.deepEqual(out.flat(), rows);
        const times = out.map((part) => new Set(part.map((one) => one.time)));
        for (const [index, part] of times.entries())
          for (const other of times.slice(index + 1)) assert.ok([...part].every((one) => !other.has(one)));
      }),
    );
  });
});
