import assert from 'node:assert/strict';
import { ReplayMemory } from '../../../lib/sync/webhooks/replay-memory';

describe('the memory of what was accepted', () => {
  it('holds for its time, the end included', () => {
    const memory = new ReplayMemory({ keepMs: 100, max: 10 });
    memory.add('a', 1000);
    assert.deepEqual([memory.has('a', 1100), memory.has('a', 1101), memory.has('b', 1000)], [true, false, false]);
  });

  it('never grows beyond its number: the oldest go', () => {
    const memory = new ReplayMemory({ keepMs: 1e9, max: 100 });
    for (let index = 0; index < 10_000; index += 1) memory.add(String(index), index);
    assert.equal(memory.size, 100);
    assert.deepEqual([memory.has('9899', 10_000), memory.has('9900', 10_000), memory.has('9999', 10_000)], [false, true, true]);
  });

  it('lets go of what is too old', () => {
    const memory = new ReplayMemory({ keepMs: 100, max: 1000 });
    for (let index = 0; index < 50; index += 1) memory.add(String(index), index);
    memory.add('late', 1000);
    assert.equal(memory.size, 1);
  });
});
