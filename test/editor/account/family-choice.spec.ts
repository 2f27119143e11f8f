import assert from 'node:assert/strict';
import { fullChoice, recommendedChoice, savedChoice, switched } from '../../../editor/account/family-choice';
import { ENDPOINT_KEYS } from '../../../lib/catalogue/endpoints';

describe('what a new account keeps', () => {
  it('is everything but who the person is and the heart-rate series, and nothing is given to AI', () => {
    const choice = recommendedChoice(ENDPOINT_KEYS);
    assert.deepEqual(Object.keys(choice), ENDPOINT_KEYS);
    assert.deepEqual([choice['personal_info'], choice['heartrate']], [[], []]);
    const others = ENDPOINT_KEYS.filter((family) => !['personal_info', 'heartrate'].includes(family));
    for (const family of others) assert.deepEqual(choice[family], ['store', 'publish'], family);
  });

  it('is everything, still without AI, when that is chosen', () => {
    for (const uses of Object.values(fullChoice(ENDPOINT_KEYS))) assert.deepEqual(uses, ['store', 'publish']);
  });
});

describe('what an account keeps', () => {
  it('is read as it was saved', () => {
    const saved = { sleep: [], tag: ['store'], heartrate: ['ai', 'store', 'publish'] };
    assert.deepEqual(savedChoice(['sleep', 'tag', 'heartrate'], saved), {
      sleep: [],
      tag: ['store'],
      heartrate: ['store', 'publish', 'ai'],
    });
  });

  it('is stored and published where nothing was said', () => {
    for (const nothing of [{}, null, undefined, '', { tag: 'store' }])
      assert.deepEqual(savedChoice(['tag'], nothing), { tag: ['store', 'publish'] });
  });

  it('is not published when it is not stored, whatever a flow says', () => {
    assert.deepEqual(savedChoice(['tag'], { tag: ['publish', 'ai', 'sell'] }), { tag: [] });
  });
});

describe('switching a use of a family', () => {
  it('stores what is to be published or given to AI', () => {
    assert.deepEqual(switched([], 'publish', true), ['store', 'publish']);
    assert.deepEqual(switched([], 'ai', true), ['store', 'ai']);
  });

  it('ends everything when it is not stored any more', () => {
    assert.deepEqual(switched(['store', 'publish', 'ai'], 'store', false), []);
  });

  it('leaves the other uses as they are', () => {
    assert.deepEqual(switched(['store', 'publish', 'ai'], 'publish', false), ['store', 'ai']);
    assert.deepEqual(switched(['store', 'ai'], 'publish', true), ['store', 'publish', 'ai']);
  });
});
