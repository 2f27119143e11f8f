import assert from 'node:assert/strict';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import type { ErrorCodeName } from '../../lib/errors/error-codes';
import { OuraError } from '../../lib/errors/oura-error';
import { ProblemList } from '../../lib/sync/problem-list';

const problem = (code: ErrorCodeName, endpoint: EndpointKey | null = null) => ({ error: new OuraError(code), endpoint });

describe('problems that stand', () => {
  it('are new once, until they are solved', () => {
    const list = new ProblemList();
    assert.equal(list.add(problem('server_failed', 'sleep')), true);
    assert.equal(list.add(problem('server_failed', 'sleep')), false);
    assert.equal(list.add(problem('server_failed', 'workout')), true);
    assert.equal(list.add(problem('timed_out', 'sleep')), true);
    list.clear('sleep');
    assert.equal(list.add(problem('server_failed', 'sleep')), true);
  });

  it('are shown as they were last', () => {
    const list = new ProblemList();
    list.add({ error: new OuraError('rate_limited', { seconds: 10 }), endpoint: null });
    list.add({ error: new OuraError('rate_limited', { seconds: 99 }), endpoint: null });
    assert.deepEqual(
      list.list().map(({ error }) => error.params),
      [{ seconds: 99 }],
    );
  });

  it('go family by family', () => {
    const list = new ProblemList();
    for (const one of [problem('server_failed', 'sleep'), problem('timed_out', 'sleep'), problem('server_failed', 'workout')])
      list.add(one);
    assert.deepEqual(
      list.clear('sleep').map(({ error }) => error.code),
      ['server_failed', 'timed_out'],
    );
    assert.deepEqual(
      list.list().map(({ endpoint }) => endpoint),
      ['workout'],
    );
    assert.deepEqual(list.clear('sleep'), []);
  });

  it('stay when they are about the disk: an answer of Oura proves nothing there', () => {
    const list = new ProblemList();
    for (const code of ['store_unavailable', 'store_newer', 'rate_limited'] as const) list.add(problem(code));
    assert.deepEqual(
      list.clear(null).map(({ error }) => error.code),
      ['rate_limited'],
    );
    assert.deepEqual(
      list.list().map(({ error }) => error.code),
      ['store_unavailable', 'store_newer'],
    );
  });
});
