import assert from 'node:assert/strict';
import { ProblemHistory } from '../../lib/accounts/problem-history';
import { Subscribers } from '../../lib/async/subscribers';
import { OuraError } from '../../lib/errors/oura-error';
import type { EngineEvent } from '../../lib/sync/engine-events';
import { FakeClock } from '../support/fake-clock';

describe('the past problems of an account', () => {
  let clock: FakeClock;
  let history: ProblemHistory;
  let events: Subscribers<EngineEvent>;
  beforeEach(() => {
    clock = new FakeClock(1000);
    history = new ProblemHistory(clock);
    events = new Subscribers((error) => {
      throw error;
    });
  });
  const told = (): readonly unknown[] => history.list().map(({ at, error, endpoint, solvedAt }) => [at, error.code, endpoint, solvedAt]);

  it('are listed with when they came and went, by family', async () => {
    history.watch(events);
    events.tell({ type: 'problem', error: new OuraError('timed_out'), endpoint: 'tag' });
    events.tell({ type: 'problem', error: new OuraError('timed_out'), endpoint: null });
    await clock.advance(500);
    events.tell({ type: 'state', state: { kind: 'connected' } });
    events.tell({ type: 'solved', code: 'timed_out', endpoint: 'tag' });
    assert.deepEqual(told(), [
      [1000, 'timed_out', 'tag', 1500],
      [1000, 'timed_out', null, null],
    ]);
  });

  it('are no more than twenty: the oldest go', () => {
    history.watch(events);
    for (let index = 0; index < 25; index += 1) {
      events.tell({ type: 'problem', error: new OuraError('server_failed', { status: index, path: '/' }), endpoint: null });
    }
    assert.deepEqual(
      history.list().map(({ error }) => error.params['status']),
      Array.from({ length: 20 }, (_, index) => index + 5),
    );
  });

  it('outlive the session they were told by', () => {
    const end = history.watch(events);
    events.tell({ type: 'problem', error: new OuraError('timed_out'), endpoint: null });
    end();
    events.tell({ type: 'problem', error: new OuraError('unreachable'), endpoint: null });
    assert.deepEqual(told(), [[1000, 'timed_out', null, null]]);
  });
});
