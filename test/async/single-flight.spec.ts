import assert from 'node:assert/strict';
import { SingleFlight } from '../../lib/async/single-flight';

/** Work that ends when the test says so. */
class Work {
  started = 0;
  readonly signals: AbortSignal[] = [];
  #settle: ((error: Error | null) => void)[] = [];

  readonly run = (signal: AbortSignal): Promise<number> => {
    this.started += 1;
    this.signals.push(signal);
    const number = this.started;
    return new Promise((resolve, reject) => {
      this.#settle.push((error) => {
        if (error === null) resolve(number);
        else reject(error);
      });
    });
  };

  end(error: Error | null = null): void {
    for (const settle of this.#settle.splice(0)) settle(error);
  }
}

const patient = new AbortController().signal;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('identical work under way', () => {
  let work: Work;
  let flights: SingleFlight;

  beforeEach(() => {
    work = new Work();
    flights = new SingleFlight();
  });

  it('is done once, and all who asked get its result', async () => {
    const all = Promise.all(Array.from({ length: 20 }, () => flights.run('a', work.run, patient)));
    work.end();
    assert.deepEqual(new Set(await all), new Set([1]));
    assert.equal(work.started, 1);
  });

  it('is done for each key of its own', async () => {
    const both = Promise.all([flights.run('a', work.run, patient), flights.run('b', work.run, patient)]);
    work.end();
    assert.deepEqual(await both, [1, 2]);
  });

  it('is done anew when it has ended, well or badly', async () => {
    const first = flights.run('a', work.run, patient);
    work.end();
    assert.equal(await first, 1);
    const second = flights.run('a', work.run, patient);
    work.end(new Error('broken'));
    await assert.rejects(second, /broken/);
    const third = flights.run('a', work.run, patient);
    work.end();
    assert.equal(await third, 3);
  });

  it('fails for all who asked', async () => {
    const all = Promise.allSettled([flights.run('a', work.run, patient), flights.run('a', work.run, patient)]);
    work.end(new Error('broken'));
    assert.deepEqual(
      (await all).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
  });

  it('goes on for the others when one leaves, and is ended when the last one leaves', async () => {
    const [ann, ben] = [new AbortController(), new AbortController()];
    const first = flights.run('a', work.run, ann.signal);
    const second = flights.run('a', work.run, ben.signal);
    ann.abort(new Error('ann left'));
    await assert.rejects(first, /ann left/);
    assert.equal(work.signals[0]?.aborted, false);
    ben.abort(new Error('ben left'));
    await assert.rejects(second, /ben left/);
    assert.equal(work.signals[0].aborted, true);
    const third = flights.run('a', work.run, patient);
    assert.equal(work.started, 2); // the ended work is joined by nobody
    work.end();
    assert.equal(await third, 2);
  });

  it('is joined by those who come later, also when work that was given up before ends only now', async () => {
    const late = new Work();
    const leaving = new AbortController();
    const left = flights.run('a', late.run, leaving.signal);
    leaving.abort(new Error('left'));
    await assert.rejects(left, /left/);
    const second = flights.run('a', work.run, patient);
    late.end();
    await turn();
    const third = flights.run('a', work.run, patient);
    assert.equal(work.started, 1);
    work.end();
    assert.deepEqual(await Promise.all([second, third]), [1, 1]);
  });

  it('is not even begun for someone who has left already', async () => {
    await assert.rejects(flights.run('a', work.run, AbortSignal.abort(new Error('too late'))), /too late/);
    assert.equal(work.started, 0);
  });

  it('leaves no rejection unheard when everyone has left before it failed', async () => {
    const unheard: unknown[] = [];
    const listen = (reason: unknown): void => {
      unheard.push(reason);
    };
    process.on('unhandledRejection', listen);
    const leaving = new AbortController();
    const left = flights.run('a', work.run, leaving.signal);
    leaving.abort(new Error('left'));
    await assert.rejects(left, /left/);
    work.end(new Error('broken later'));
    await turn();
    process.off('unhandledRejection', listen);
    assert.deepEqual(unheard, []);
  });
});
