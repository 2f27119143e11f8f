import assert from 'node:assert/strict';
import { systemClock } from '../../lib/async/system-clock';
import type { Clock } from '../../lib/ports/clock';
import { FakeClock } from '../support/fake-clock';

/** What every clock must keep to. @param pass lets a promise of this clock come to its end */
function contract(name: string, make: () => { clock: Clock; pass: <T>(promise: Promise<T>) => Promise<T> }): void {
  describe(`clock contract: ${name}`, () => {
    it('a delay ends after its time and not before', async () => {
      const { clock, pass } = make();
      const before = clock.now();
      await pass(clock.delay(20, new AbortController().signal));
      assert.ok(clock.now() - before >= 19); // a millisecond of rounding
    });

    it('delays end in the order of their moments', async () => {
      const { clock, pass } = make();
      const { signal } = new AbortController();
      const ended: number[] = [];
      const wait = (ms: number): Promise<void> => clock.delay(ms, signal).then(() => void ended.push(ms));
      await pass(Promise.all([wait(30), wait(10), wait(20), wait(0)]));
      assert.deepEqual(ended, [0, 10, 20, 30]);
    });

    it('a signal already aborted ends it at once, with its reason', async () => {
      const reason = new Error('closing');
      await assert.rejects(make().clock.delay(3_600_000, AbortSignal.abort(reason)), reason);
    });

    it('a signal aborted meanwhile ends it with its reason and leaves no listener', async () => {
      const controller = new AbortController();
      const { signal } = controller;
      let listeners = 0;
      const add = signal.addEventListener.bind(signal);
      signal.addEventListener = (...args: Parameters<typeof add>) => {
        listeners += 1;
        add(...args);
      };
      const reason = new Error('closing');
      const { clock, pass } = make();
      const waiting = clock.delay(3_600_000, signal);
      assert.equal(listeners, 1);
      controller.abort(reason);
      await assert.rejects(waiting, reason);
      await pass(clock.delay(1, new AbortController().signal));
    });
  });
}

contract('the machine', () => ({ clock: systemClock, pass: (promise) => promise }));
contract('moved by hand', () => {
  const clock = new FakeClock();
  return { clock, pass: (promise) => clock.drive(promise) };
});

describe('a clock moved by hand', () => {
  const { signal } = new AbortController();

  it('ends the delays that come up on the way, each at its own time', async () => {
    const clock = new FakeClock(0);
    const at: number[] = [];
    void (async () => {
      for (;;) {
        await clock.delay(10, signal);
        at.push(clock.now());
      }
    })();
    await clock.advance(35);
    assert.deepEqual([at, clock.now(), clock.waiting, clock.untilNext], [[10, 20, 30], 35, 1, 5]);
  });

  it('can be set without touching what waits', async () => {
    const clock = new FakeClock(1_000_000);
    let over = false;
    void clock.delay(50, signal).then(() => {
      over = true;
    });
    clock.setNow(0);
    await clock.advance(49);
    assert.deepEqual([over, clock.now()], [false, 49]);
    await clock.advance(1);
    assert.equal(over, true);
  });

  it('skips waits until a promise is settled, and hands on its failure', async () => {
    const clock = new FakeClock(0);
    await clock.drive(clock.delay(5000, signal).then(() => clock.delay(7000, signal)));
    assert.equal(clock.now(), 12_000);
    const failing = clock.delay(1, signal).then(() => Promise.reject(new Error('no')));
    await assert.rejects(clock.drive(failing), /no/);
  });
});
