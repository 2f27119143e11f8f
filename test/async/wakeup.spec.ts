import assert from 'node:assert/strict';
import { Wakeup } from '../../lib/async/wakeup';
import { FakeClock } from '../support/fake-clock';

const patient = new AbortController().signal;
const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  const pending = Symbol('pending');
  await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
};

describe('a wait that can be cut short', () => {
  let clock: FakeClock;
  let wakeup: Wakeup;

  beforeEach(() => {
    clock = new FakeClock();
    wakeup = new Wakeup();
  });

  it('ends when its time is up, not before', async () => {
    const wait = wakeup.wait(1000, clock, patient);
    await clock.advance(999);
    assert.equal(await settled(wait), false);
    await clock.advance(1);
    assert.equal(await settled(wait), true);
  });

  it('ends early when someone calls, and leaves no timer behind', async () => {
    const wait = wakeup.wait(1000, clock, patient);
    wakeup.wake();
    await wait;
    assert.equal(clock.waiting, 0);
  });

  it('remembers a call that came while nobody waited, once', async () => {
    wakeup.wake();
    wakeup.wake();
    await wakeup.wait(1000, clock, patient);
    const second = wakeup.wait(1000, clock, patient);
    assert.equal(await settled(second), false);
    await clock.advance(1000);
    await second;
  });

  it('ends with the reason of the signal, and leaves neither timer nor listener', async () => {
    const stop = new AbortController();
    const wait = wakeup.wait(1000, clock, stop.signal);
    stop.abort(new Error('stopped'));
    await assert.rejects(wait, /stopped/);
    assert.equal(clock.waiting, 0);
    await assert.rejects(wakeup.wait(1, clock, stop.signal), /stopped/);
  });

  it('can be woken again after it was stopped', async () => {
    const stop = new AbortController();
    const wait = wakeup.wait(1000, clock, stop.signal);
    stop.abort(new Error('stopped'));
    await assert.rejects(wait);
    wakeup.wake();
    await wakeup.wait(1000, clock, patient);
  });
});
