import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { waitFor } from '../../lib/async/wait-for';

describe('waiting for a shared promise', () => {
  const forever = new Promise<never>(() => undefined);

  it('gives its result or its error', async () => {
    const { signal } = new AbortController();
    assert.equal(await waitFor(Promise.resolve(7), signal), 7);
    await assert.rejects(waitFor(Promise.reject(new Error('broken')), signal), /broken/);
  });

  it('ends with the reason of the signal, at once and later', async () => {
    await assert.rejects(waitFor(forever, AbortSignal.abort(new Error('too late'))), /too late/);
    const stop = new AbortController();
    const wait = waitFor(forever, stop.signal);
    stop.abort(new Error('stopped'));
    await assert.rejects(wait, /stopped/);
  });

  it('leaves no listener behind', async () => {
    const { signal } = new AbortController();
    await waitFor(Promise.resolve(7), signal);
    await assert.rejects(waitFor(Promise.reject(new Error('broken')), signal));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });
});
