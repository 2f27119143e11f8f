import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { delay, MAX_TIMER_MS } from '../../lib/async/delay';

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('the real timer', () => {
  it('waits, and leaves no listener behind', async () => {
    const { signal } = new AbortController();
    const before = performance.now();
    await delay(5, signal);
    assert.ok(performance.now() - before >= 4); // timers count whole milliseconds
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('does not wait for times in the past', async () => {
    await delay(-1000, new AbortController().signal);
  });

  it('ends with the reason of the signal, at once and later, and leaves no timer behind', async () => {
    await assert.rejects(delay(1000, AbortSignal.abort(new Error('too late'))), /too late/);
    const before = timers();
    const stop = new AbortController();
    const wait = delay(60_000, stop.signal);
    assert.equal(timers(), before + 1);
    stop.abort(new Error('stopped'));
    await assert.rejects(wait, /stopped/);
    assert.equal(timers(), before);
  });

  it('does not fire at once for more than the 24.8 days that a timer can count', async () => {
    assert.equal(MAX_TIMER_MS, 2 ** 31 - 1);
    const stop = new AbortController();
    let ended = false;
    const wait = delay(MAX_TIMER_MS * 10, stop.signal).then(
      () => {
        ended = true;
      },
      () => undefined, // stopped below
    );
    await delay(10, new AbortController().signal);
    assert.equal(ended, false);
    stop.abort();
    await wait;
  });
});
