import assert from 'node:assert/strict';
import { Application } from '../../lib/api/application';
import { TokenBucket } from '../../lib/api/token-bucket';
import { FakeClock } from '../support/fake-clock';
import { promised } from './promised';

const { signal } = new AbortController();
const MINUTE = 60_000;

/** Work that ends when told to. */
function gate(): { readonly open: () => void; readonly closed: Promise<unknown> } {
  const { promise: closed, resolve } = promised<undefined>();
  return {
    open: () => {
      resolve(undefined);
    },
    closed,
  };
}

describe('the limiter of an application', () => {
  it('lets six requests run at once and the others in the order they asked', async () => {
    const clock = new FakeClock();
    const application = new Application({ clock });
    const gates = Array.from({ length: 9 }, gate);
    const started: number[] = [];
    const runs = gates.map(({ closed }, n) =>
      application.run(async () => {
        started.push(n);
        await closed;
      }, signal),
    );
    await clock.advance(0);
    assert.deepEqual(started, [0, 1, 2, 3, 4, 5]);
    gates[3]?.open();
    gates[0]?.open();
    await clock.advance(0);
    assert.deepEqual(started, [0, 1, 2, 3, 4, 5, 6, 7]);
    for (const { open } of gates) open();
    await Promise.all(runs);
    assert.equal(started.length, 9);
  });

  it('frees the slot of work that fails', async () => {
    const application = new Application({ clock: new FakeClock(), limits: { applicationConcurrency: 1 } });
    await assert.rejects(
      application.run(() => Promise.reject(new Error('no')), signal),
      /no/,
    );
    assert.equal(await application.run(() => Promise.resolve('next'), signal), 'next');
  });

  it('lets whoever waits leave the queue, and nobody behind loses a turn', async () => {
    const application = new Application({ clock: new FakeClock(), limits: { applicationConcurrency: 1 } });
    const { open, closed } = gate();
    const leaving = new AbortController();
    const first = application.run(() => closed, signal);
    const second = application.run(() => Promise.resolve('second'), leaving.signal);
    const third = application.run(() => Promise.resolve('third'), signal);
    leaving.abort(new Error('closing'));
    await assert.rejects(second, /closing/);
    open();
    await first;
    assert.equal(await third, 'third');
    await assert.rejects(
      application.run(() => Promise.resolve('late'), leaving.signal),
      /closing/,
    );
  });

  it('after a burst lets a given number through per second', async () => {
    const clock = new FakeClock(0);
    const application = new Application({ clock, limits: { applicationBurst: 3, applicationPerSecond: 4, applicationConcurrency: 2 } });
    const at: number[] = [];
    const runs = Array.from({ length: 8 }, () => application.run(() => Promise.resolve(at.push(clock.now())), signal));
    await clock.drive(Promise.all(runs));
    assert.deepEqual(at, [0, 0, 0, 250, 500, 750, 1000, 1250]);
  });

  it('waits for a short pause and sends nothing meanwhile', async () => {
    const clock = new FakeClock(0);
    const application = new Application({ clock });
    application.pauseUntil(MINUTE);
    application.pauseUntil(5);
    assert.equal(application.pausedUntil, MINUTE);
    let at = -1;
    const run = application.run(() => {
      at = clock.now();
      return Promise.resolve();
    }, signal);
    await clock.advance(MINUTE - 1);
    assert.equal(at, -1);
    await clock.advance(1);
    await run;
    assert.equal(at, MINUTE);
  });

  it('LESSON: does not wait for a long pause: it says at once how long, and sends nothing until it is over', async () => {
    const clock = new FakeClock(0);
    const application = new Application({ clock });
    application.pauseUntil(10 * MINUTE);
    const send = (): Promise<string> => application.run(() => Promise.resolve('sent'), signal);
    await assert.rejects(send(), { code: 'rate_limited', retryAfterMs: 10 * MINUTE });
    await clock.advance(9 * MINUTE);
    assert.equal(await clock.drive(send()), 'sent');
    assert.equal(clock.now(), 10 * MINUTE);
  });

  it('sends those who queue away when a long pause begins before their turn', async () => {
    const clock = new FakeClock(0);
    const application = new Application({ clock, limits: { applicationConcurrency: 1 } });
    const { open, closed } = gate();
    const first = application.run(() => closed, signal);
    const second = application.run(() => Promise.resolve(), signal);
    await clock.advance(0);
    const refused = assert.rejects(second, { code: 'rate_limited' });
    application.pauseUntil(10 * MINUTE);
    open();
    await first;
    await refused;
  });

  it('lets a wait for the pause be aborted, with the slot free afterwards', async () => {
    const clock = new FakeClock(0);
    const application = new Application({ clock, limits: { applicationConcurrency: 1 } });
    application.pauseUntil(MINUTE);
    const closing = new AbortController();
    const waiting = application.run(() => Promise.resolve(), closing.signal);
    await clock.untilWaiting();
    closing.abort(new Error('closing'));
    await assert.rejects(waiting, /closing/);
    assert.equal(await clock.drive(application.run(() => Promise.resolve('next'), signal)), 'next');
  });

  it('says so at once also when every slot is taken', async () => {
    const clock = new FakeClock(0);
    const application = new Application({ clock, limits: { applicationConcurrency: 1 } });
    const { open, closed } = gate();
    const first = application.run(() => closed, signal);
    await clock.advance(0);
    application.pauseUntil(10 * MINUTE);
    await assert.rejects(
      application.run(() => Promise.resolve(), signal),
      { code: 'rate_limited' },
    );
    open();
    await first;
  });

  it('does not charge for a turn that was given up', async () => {
    const clock = new FakeClock(0);
    const application = new Application({ clock, limits: { applicationBurst: 1, applicationPerSecond: 0.01 } });
    application.pauseUntil(1000);
    const closing = new AbortController();
    const waiting = application.run(() => Promise.resolve(), closing.signal);
    await clock.untilWaiting();
    closing.abort(new Error('closing'));
    await assert.rejects(waiting, /closing/);
    await clock.drive(application.run(() => Promise.resolve(), signal));
    assert.equal(clock.now(), 1000);
  });

  it('leaves no listener on a signal that lives long', async () => {
    const application = new Application({ clock: new FakeClock(), limits: { applicationConcurrency: 1 } });
    const long = new AbortController().signal;
    let listeners = 0;
    const add = long.addEventListener.bind(long);
    const remove = long.removeEventListener.bind(long);
    long.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    long.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    await Promise.all(Array.from({ length: 5 }, () => application.run(() => Promise.resolve(), long)));
    assert.equal(listeners, 0);
  });

  it('is not stopped for ever when the clock was wrong and is set back', async () => {
    const clock = new FakeClock(1e12);
    const application = new Application({ clock });
    application.pauseUntil(1e12 + MINUTE);
    clock.setNow(0);
    await assert.rejects(
      application.run(() => Promise.resolve(), signal),
      { code: 'rate_limited', retryAfterMs: 60 * MINUTE },
    );
    await clock.advance(60 * MINUTE);
    assert.equal(await application.run(() => Promise.resolve('sent'), signal), 'sent');
  });
});

describe('a token bucket', () => {
  it('gives nothing for a clock set back, and no more than a burst for a long rest', () => {
    const bucket = new TokenBucket(2, 1, 10_000);
    assert.deepEqual([bucket.take(10_000), bucket.take(10_000), bucket.take(10_000)], [0, 0, 1000]);
    assert.equal(bucket.take(5000), 2000);
    assert.deepEqual([bucket.take(1e9), bucket.take(1e9), bucket.take(1e9)], [0, 0, 1000]);
  });

  it('takes back what was not used', () => {
    const bucket = new TokenBucket(1, 1, 0);
    assert.equal(bucket.take(0), 0);
    bucket.giveBack();
    assert.equal(bucket.take(0), 0);
  });
});
