import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { slugOf, uniqueSlug } from '../../lib/sync/slug';

describe('slug of an account', () => {
  for (const [name, slug] of [
    ['Ann', 'ann'],
    ['Änn Österby', 'ann_osterby'],
    ['  Jürgen -- Groß!  ', 'jurgen_gross'],
    ['Łukasz Øystein Þór', 'lukasz_oystein_thor'],
    ['Æsir & Œuvre', 'aesir_oeuvre'],
    ['İstanbul ısı', 'istanbul_isi'],
    ['ﬁt №2', 'fit_no2'],
    ['Ring_1', 'ring_1'],
    ['太郎', 'ring'],
    ['', 'ring'],
    ['💍', 'ring'],
    ['a/b+c#d', 'a_b_c_d'],
  ] as const) {
    it(`makes ${slug} of ${JSON.stringify(name)}`, () => {
      assert.equal(slugOf(name), slug);
    });
  }

  it('is safe in topics and entity ids, whatever the name, and stays the same when made again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (name) => {
        const slug = slugOf(name);
        assert.match(slug, /^[a-z0-9]+(_[a-z0-9]+)*$/);
        assert.equal(slugOf(slug), slug);
      }),
    );
  });

  it('counts up where the name is taken', () => {
    assert.equal(uniqueSlug('ann', new Set()), 'ann');
    assert.equal(uniqueSlug('ann', new Set(['ann'])), 'ann_2');
    assert.equal(uniqueSlug('ann', new Set(['ann', 'ann_2', 'ben'])), 'ann_3');
  });
});
