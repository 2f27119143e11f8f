import assert from 'node:assert/strict';
import { CircuitBreaker } from '../../lib/api/circuit-breaker';
import { OuraError } from '../../lib/errors/oura-error';
import { RateLimitedError } from '../../lib/errors/rate-limited-error';
import { FakeClock } from '../support/fake-clock';
import { promised } from './promised';

const MINUTE = 60_000;
const failed = new OuraError('server_failed', { status: 500, path: '/p' });
const hanging = new OuraError('timed_out', { seconds: 30, path: '/p' });
const refused = new OuraError('unreachable', { host: 'h', reason: 'ECONNREFUSED' });

interface Made {
  readonly clock: FakeClock;
  readonly breaker: CircuitBreaker;
  readonly fail: (endpoint: string, error?: Error) => Promise<void>;
  readonly pass: (endpoint: string) => Promise<void>;
}

function make(): Made {
  const clock = new FakeClock(0);
  const breaker = new CircuitBreaker({ clock });
  return {
    clock,
    breaker,
    fail: (endpoint, error = failed) =>
      assert.rejects(
        breaker.run(endpoint, () => Promise.reject(error)),
        error,
      ),
    pass: (endpoint) => breaker.run(endpoint, () => Promise.resolve()),
  };
}

/** Opens it: eight failures of two endpoints. */
async function open(made: Made): Promise<void> {
  for (let n = 0; n < 8; n += 1) await made.fail(n % 2 === 0 ? 'sleep' : 'workout');
}

describe('the circuit breaker', () => {
  it('opens after eight failures in a row from different endpoints, for a minute, and then refuses at once', async () => {
    const made = make();
    await open(made);
    assert.equal(made.breaker.openUntil, MINUTE);
    const open60 = { code: 'circuit_open', params: { seconds: 60 } };
    await assert.rejects(made.pass('session'), open60);
    await made.clock.advance(MINUTE - 1);
    await assert.rejects(made.pass('sleep'), { code: 'circuit_open', params: { seconds: 1 } });
  });

  it('LESSON: never opens because one endpoint fails or hangs, however often', async () => {
    const { breaker, fail } = make();
    for (let n = 0; n < 30; n += 1) await fail('sleep', n % 2 === 0 ? failed : hanging);
    assert.equal(breaker.openUntil, null);
  });

  it('opens when no connection comes about, even if one endpoint only is asked', async () => {
    const { breaker, fail } = make();
    for (let n = 0; n < 8; n += 1) await fail('sleep', refused);
    assert.equal(breaker.openUntil, MINUTE);
  });

  it('does not take a connection broken by one endpoint for that', async () => {
    const { breaker, fail } = make();
    for (let n = 0; n < 20; n += 1) await fail('sleep', new OuraError('unreachable', { host: 'h', reason: 'ECONNRESET' }));
    assert.equal(breaker.openUntil, null);
  });

  for (const [what, answer] of [
    ['an answer', null],
    ['a refusal', new OuraError('request_refused', { status: 422, path: '/p' })],
    ['a missing scope', new OuraError('scope_missing', { scope: 'spo2' })],
  ] as const) {
    it(`begins to count anew after ${what}`, async () => {
      const { breaker, fail, pass } = make();
      for (let n = 0; n < 7; n += 1) await fail(n % 2 === 0 ? 'sleep' : 'workout');
      await (answer === null ? pass('session') : fail('session', answer));
      for (let n = 0; n < 7; n += 1) await fail(n % 2 === 0 ? 'sleep' : 'workout');
      assert.equal(breaker.openUntil, null);
    });
  }

  it('does not count what says nothing about the service', async () => {
    const { breaker, fail } = make();
    for (let n = 0; n < 7; n += 1) await fail(n % 2 === 0 ? 'sleep' : 'workout');
    for (const error of [new Error('closing'), new RateLimitedError(5), new OuraError('budget_spent', { limit: 5 })])
      await fail('tag', error);
    assert.equal(breaker.openUntil, null);
    await fail('tag');
    assert.equal(breaker.openUntil, MINUTE);
  });

  it('lets one request through after the pause, and closes when it succeeds', async () => {
    const made = make();
    await open(made);
    await made.clock.advance(MINUTE);
    const { promise, resolve: finish } = promised<undefined>();
    const trial = made.breaker.run('sleep', () => promise);
    await assert.rejects(made.pass('workout'), { code: 'circuit_open' });
    finish(undefined);
    await trial;
    assert.equal(made.breaker.openUntil, null);
    await made.pass('workout');
  });

  it('doubles the pause each time the trial fails, up to half an hour', async () => {
    const made = make();
    await open(made);
    const pauses: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      await made.clock.advance((made.breaker.openUntil ?? 0) - made.clock.now());
      await made.fail('sleep', refused);
      pauses.push(((made.breaker.openUntil ?? 0) - made.clock.now()) / MINUTE);
    }
    assert.deepEqual(pauses, [2, 4, 8, 16, 30, 30, 30]);
    await made.clock.advance(30 * MINUTE);
    await made.pass('sleep');
    await open(made);
    assert.equal(made.breaker.openUntil, made.clock.now() + MINUTE);
  });

  it('LESSON: gives another endpoint its chance when a trial failed that may be its endpoint alone', async () => {
    const made = make();
    await open(made);
    await made.clock.advance(MINUTE);
    await made.fail('sleep');
    await assert.rejects(made.pass('sleep'), { code: 'circuit_open' });
    await made.pass('workout');
    assert.equal(made.breaker.openUntil, null);
  });

  it('stays open when the other endpoint fails too', async () => {
    const made = make();
    await open(made);
    await made.clock.advance(MINUTE);
    await made.fail('sleep');
    await made.fail('workout');
    for (const endpoint of ['sleep', 'workout', 'tag'])
      await assert.rejects(made.pass(endpoint), { code: 'circuit_open', params: { seconds: 120 } });
  });

  it('makes the trial again when it was aborted', async () => {
    const made = make();
    await open(made);
    await made.clock.advance(MINUTE);
    await made.fail('sleep', new Error('closing'));
    await made.pass('sleep');
  });

  it('closes when a request sent before it opened is answered, and ignores its failure', async () => {
    const made = make();
    const [one, two] = [promised<undefined>(), promised<undefined>()];
    const failing = made.breaker.run('tag', () => one.promise);
    const succeeding = made.breaker.run('tag', () => two.promise);
    await open(made);
    await made.clock.advance(1000);
    one.reject(failed);
    await assert.rejects(failing, failed);
    assert.equal(made.breaker.openUntil, MINUTE);
    two.resolve(undefined);
    await succeeding;
    assert.equal(made.breaker.openUntil, null);
  });

  it('is not open for ever when the clock was wrong and is set back', async () => {
    const made = make();
    made.clock.setNow(1e12);
    await open(made);
    made.clock.setNow(0);
    assert.equal(made.breaker.openUntil, 30 * MINUTE);
  });
});
