import assert from 'node:assert/strict';
import type { Settings } from '../../lib/ports/settings';
import { createMemorySettings } from '../../lib/store/memory-settings';
import { AccountIndex } from '../../lib/sync/account-index';

describe('which account belongs to which person', () => {
  let index: AccountIndex;
  beforeEach(() => {
    const persons = new Map<string, Settings>([
      ['ann', createMemorySettings()],
      ['bea', createMemorySettings()],
    ]);
    index = new AccountIndex({ personIds: () => [...persons.keys()], open: (id) => persons.get(id) ?? createMemorySettings() });
  });

  it('is remembered with the slug', () => {
    index.remember('ann', 'a', 'ann');
    index.remember('ann', 'b', 'ann_2');
    assert.deepEqual([index.personOf('a'), index.slugOf('a'), index.personOf('c')], ['ann', 'ann', null]);
    assert.deepEqual(index.accountsOf('ann'), { a: 'ann', b: 'ann_2' });
  });

  it('is one person only: the last one', () => {
    index.remember('ann', 'a', 'ann');
    index.remember('ann', 'b', 'both');
    index.remember('bea', 'a', 'bea');
    assert.deepEqual([index.personOf('a'), index.accountsOf('ann'), index.accountsOf('bea')], ['bea', { b: 'both' }, { a: 'bea' }]);
  });

  it('is forgotten when it is wanted', () => {
    index.remember('ann', 'a', 'ann');
    index.forget('a');
    index.forget('never seen');
    assert.deepEqual([index.personOf('a'), index.slugOf('a'), index.accountsOf('ann')], [null, null, {}]);
  });
});
