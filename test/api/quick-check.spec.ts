import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod';
import { quickCheck } from '../../lib/api/quick-check';
import { ENDPOINT_KEYS, endpointOf } from '../../lib/catalogue/endpoints';

const value = fc.oneof(
  fc.constantFrom<unknown>(
    '2026-03-01',
    '2026-03-01T07:00:00+02:00',
    '2026-03-01T07:00:00.000Z',
    '0024-11-11',
    '2026-02-30',
    null,
    undefined,
  ),
  fc.constantFrom<unknown>(0, -1, 1.5, NaN, Infinity, '', true, [], [1, null], ['a'], {}),
  fc.record({
    interval: fc.constantFrom(300, null),
    items: fc.constantFrom([60, null], ['60'], null),
    timestamp: fc.constant('2026-03-01T07:00'),
  }),
  fc.jsonValue(),
);

describe('the quick check of a document', () => {
  for (const key of ENDPOINT_KEYS) {
    const { schema } = endpointOf(key);
    const names = Object.keys((schema as z.ZodObject).shape); // all endpoints have objects

    it(`says of ${key} what the schema says`, () => {
      const isFine = quickCheck(schema);
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...names, 'unknown'), value), (body) => {
          assert.equal(isFine(body), schema.safeParse(body).success);
        }),
        { numRuns: 200 },
      );
    });

    it(`says of ${key} that nothing but an object will do`, () => {
      assert.deepEqual([null, undefined, 1, 'x', [], [{}]].map(quickCheck(schema)), [false, false, false, false, false, false]);
    });
  }

  it('asks the schema where it knows no quicker way', () => {
    const schemas = [z.string().min(2), z.number().int(), z.strictObject({ a: z.number() }), z.union([z.string(), z.null()]), z.iso.date()];
    const values = ['a', 'ab', 1, 1.5, { a: 1 }, { a: 1, b: 2 }, null, '2026-02-30', '2026-02-28', undefined];
    for (const schema of schemas) {
      const isFine = quickCheck(schema);
      for (const one of values) assert.equal(isFine(one), schema.safeParse(one).success);
    }
  });
});
