import assert from 'node:assert/strict';
import { delayUntil } from '../../lib/async/delay-until';
import { FakeClock } from '../support/fake-clock';

const patient = new AbortController().signal;
const HOUR = 3_600_000;

describe('waiting for a moment', () => {
  let clock: FakeClock;
  let ended: number | null;

  beforeEach(() => {
    clock = new FakeClock();
    ended = null;
  });

  const wait = (ms: number): Promise<void> =>
    delayUntil(clock.now() + ms, clock, patient).then(() => {
      ended = clock.now();
    });

  it('ends at that moment', async () => {
    const start = clock.now();
    void wait(HOUR);
    await clock.advance(HOUR - 1);
    assert.equal(ended, null);
    await clock.advance(1);
    assert.equal(ended, start + HOUR);
  });

  it('does not wait for a moment that has passed', async () => {
    await wait(-1);
    assert.equal(ended, clock.now());
  });

  it('ends within a minute when the clock was set forward meanwhile', async () => {
    void wait(24 * HOUR);
    await clock.advance(1000);
    clock.setNow(clock.now() + 30 * HOUR);
    await clock.advance(60_000);
    assert.notEqual(ended, null);
  });

  it('goes on waiting when the clock was set back meanwhile', async () => {
    const due = clock.now() + HOUR;
    void wait(HOUR);
    await clock.advance(1000);
    clock.setNow(clock.now() - 2 * HOUR);
    await clock.advance(HOUR);
    assert.equal(ended, null);
    await clock.advance(2 * HOUR);
    assert.equal(ended, due);
  });

  it('ends with the reason of the signal', async () => {
    const stop = new AbortController();
    const waiting = delayUntil(clock.now() + HOUR, clock, stop.signal);
    stop.abort(new Error('stopped'));
    await assert.rejects(waiting, /stopped/);
    assert.equal(clock.waiting, 0);
  });
});
