import assert from 'node:assert/strict';
import { systemClock } from '../../lib/async/system-clock';
import { MovableClock } from '../../lib/simulator/movable-clock';
import { FakeClock } from '../support/fake-clock';

const MINUTE = 60_000;

describe('MovableClock', () => {
  const patient = new AbortController().signal;
  const start = Date.parse('2026-11-24T08:00:00Z');

  it('runs as its base does, the offset away', async () => {
    const base = new FakeClock(start);
    const clock = new MovableClock(base, -MINUTE);
    assert.equal(clock.now(), start - MINUTE);
    await base.advance(1500);
    assert.equal(clock.now(), start - MINUTE + 1500);
    clock.advance(3 * MINUTE);
    assert.equal(clock.offsetMs, 2 * MINUTE);
    clock.moveTo(start);
    assert.equal(clock.now(), start);
    assert.equal(clock.offsetMs, -1500);
  });

  it('lets waits end when it is moved past them, the earliest first, and the others wait on', async () => {
    const base = new FakeClock(start);
    const clock = new MovableClock(base);
    const ended: string[] = [];
    const wait = async (name: string, ms: number): Promise<void> => {
      await clock.delay(ms, patient);
      ended.push(name);
    };
    const all = [wait('long', 60 * MINUTE), wait('later', 20 * MINUTE), wait('sooner', 10 * MINUTE)];
    clock.advance(30 * MINUTE);
    await Promise.all([all[1], all[2]]);
    assert.deepEqual(ended, ['sooner', 'later']);
    assert.equal(base.waiting, 1);
    clock.advance(29 * MINUTE);
    await base.advance(MINUTE);
    await all[0];
    assert.deepEqual(ended, ['sooner', 'later', 'long']);
    assert.equal(base.waiting, 0);
  });

  it('lengthens no wait when it jumps back', async () => {
    const base = new FakeClock(start);
    const clock = new MovableClock(base);
    const wait = clock.delay(5 * MINUTE, patient);
    clock.moveTo(start - 24 * 60 * MINUTE);
    await base.advance(5 * MINUTE);
    await wait;
    assert.equal(clock.now(), start - 24 * 60 * MINUTE + 5 * MINUTE);
  });

  it('ends a wait with the reason of the signal and keeps nothing behind', async () => {
    const base = new FakeClock(start);
    const clock = new MovableClock(base);
    const leaving = new AbortController();
    const wait = clock.delay(MINUTE, leaving.signal);
    leaving.abort(new Error('gone'));
    await assert.rejects(wait, /gone/);
    await assert.rejects(clock.delay(0, leaving.signal), /gone/);
    assert.equal(base.waiting, 0);
  });

  it('wakes a wait of a day at once on the machine clock', async () => {
    const clock = new MovableClock(systemClock);
    const wait = clock.delay(24 * 60 * MINUTE, patient);
    clock.advance(24 * 60 * MINUTE);
    await wait;
  });

  it('waits no time for a wait of none', async () => {
    await new MovableClock(new FakeClock(start)).delay(0, patient);
  });
});
