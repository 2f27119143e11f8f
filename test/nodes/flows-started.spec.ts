import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { flowsStarted } from '../../nodes/support/flows-started';

describe('waiting for the flows to start', () => {
  it('takes one listener for twenty accounts, and ends for all of them', async () => {
    const events = new EventEmitter();
    const all = Promise.all(Array.from({ length: 20 }, () => flowsStarted({ events })));
    assert.equal(events.listenerCount('flows:started'), 1);
    events.emit('flows:started');
    await all;
    assert.equal(events.listenerCount('flows:started'), 0);
  });

  it('begins anew with the next deploy', async () => {
    const events = new EventEmitter();
    const first = flowsStarted({ events });
    events.emit('flows:started');
    await first;
    const second = flowsStarted({ events });
    assert.equal(events.listenerCount('flows:started'), 1);
    events.emit('flows:started');
    await second;
  });
});
