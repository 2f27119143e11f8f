import assert from 'node:assert/strict';
import fc from 'fast-check';
import { IsoReader } from '../../lib/store/iso-reader';

describe('recognising the usual spelling of an instant', () => {
  const time = fc.integer({ min: -62167219200000, max: 253402300799999 }); // the years 0 to 9999

  it('agrees with toISOString for any instant, whatever was looked at before', () => {
    const reader = new IsoReader();
    fc.assert(
      fc.property(time, time, (a, b) => {
        assert.equal(reader.spells(new Date(a).toISOString(), a), true);
        assert.equal(reader.spells(new Date(a).toISOString(), b), a === b);
      }),
    );
  });

  it('spells any instant as toISOString does', () => {
    const reader = new IsoReader();
    const any = fc.oneof(time, fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.constantFrom(0, -1, 0.5, 86_399_999, 86_400_000));
    fc.assert(
      fc.property(any, (ms) => {
        assert.equal(reader.text(ms), new Date(ms).toISOString());
      }),
    );
    assert.throws(() => reader.text(NaN), RangeError);
  });

  it('takes no other spelling for it, even one that means the same', () => {
    const reader = new IsoReader();
    const at = Date.parse('2026-02-01T01:00:00.000Z');
    const others = [
      '2026-02-01T01:00:00Z',
      '2026-02-01T01:00:00.000+00:00',
      '2026-02-01T01:00:00.000z',
      '2026-02-01T00:60:00.000Z',
      '2026-02-01T00:59:60.000Z',
      '2026-02-01T01:00:00,000Z',
      '2026-02-01T0/:00:00.000Z',
      '2026-02-01 01:00:00.000Z',
      '2026-02-01T01.00.00.000Z',
      '',
    ];
    assert.deepEqual(
      others.filter((text) => reader.spells(text, at)),
      [],
    );
    assert.equal(reader.spells('Invalid Date', NaN), false);
  });

  it('reads any text as Date.parse does', () => {
    const reader = new IsoReader();
    const iso = time.map((ms) => new Date(ms).toISOString());
    const near = fc.tuple(
      fc.constantFrom('2026-02-01T', '2026-02-02T', '2026-02-30T'),
      fc.constantFrom('00:00:00.000', '23:59:59.999', '24:00:00.000', '25:00:00.000', '23:60:00.000', '12:00:00', '12:00', 'x2:00:00.000'),
      fc.constantFrom('Z', 'z', '+02:00', ''),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            iso,
            fc.string(),
            near.map((parts) => parts.join('')),
          ),
        ),
        (texts) => {
          for (const text of texts) assert.equal(reader.parse(text), Date.parse(text), text);
        },
      ),
      { numRuns: 500 },
    );
  });
});
