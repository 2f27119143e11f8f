import assert from 'node:assert/strict';
import { createMemorySettings } from '../../lib/store/memory-settings';
import { DeferredSettings } from '../../lib/sync/deferred-settings';

describe('settings of a person who is not known yet', () => {
  it('are remembered meanwhile and go to the person when they are known', () => {
    const real = createMemorySettings();
    real.save('other', 1);
    const settings = new DeferredSettings(null);
    settings.save('budget', { used: 3 });
    assert.deepEqual(settings.load('budget'), { used: 3 });
    settings.attach(real);
    assert.deepEqual([real.load('budget'), real.load('other')], [{ used: 3 }, 1]);
    settings.save('budget', { used: 4 });
    assert.deepEqual(real.load('budget'), { used: 4 });
    assert.equal(settings.load('other'), 1);
  });

  it('stay with the person they belong to', () => {
    const ann = createMemorySettings();
    const ben = createMemorySettings();
    const settings = new DeferredSettings(ann);
    settings.attach(ben);
    settings.save('budget', 1);
    assert.deepEqual([ann.load('budget'), ben.load('budget')], [1, undefined]);
  });
});
