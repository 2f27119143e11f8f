import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { AxiosHttp } from '../../lib/api/axios-http';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { OuraError } from '../../lib/errors/oura-error';
import type { AccessTokens } from '../../lib/ports/access-tokens';
import { type Handler, json, type Reply, startServer, type TestServer } from '../support/http-server';
import { collect, type Made, makeClient, SIGNAL } from './make-client';
import { promised } from './promised';

const MINUTE = 60_000;
const FIXTURES = join(__dirname, '../fixtures');
const PATH = '/v2/usercollection/daily_sleep';
const EMPTY = json({ data: [], next_token: null });
const fixture = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');

/** Tokens that change when one is refused, each new one counted. */
function renewing(tokens: readonly string[]): AccessTokens & { readonly rejectedTokens: string[] } {
  const rejectedTokens: string[] = [];
  return {
    rejectedTokens,
    accessToken: () => Promise.resolve(tokens[rejectedTokens.length] ?? ''),
    rejected: (token) => {
      rejectedTokens.push(token);
      return Promise.resolve(rejectedTokens.length < tokens.length);
    },
  };
}

describe('when Oura does not answer as wished', () => {
  let answer: Handler = () => EMPTY;
  let server: TestServer;
  let made: Made;
  let first = 0;
  const sent = (): number => server.requests.length - first;
  const use = (next: Handler | Reply): void => {
    answer = typeof next === 'function' ? next : () => next;
  };
  const ask = (signal = SIGNAL, endpoint: EndpointKey = 'daily_sleep'): Promise<unknown> =>
    collect(made.client.pages(endpoint, { from: '2026-03-01', to: '2026-03-01' }, {}, signal));
  const refused = async (code: string, params?: object): Promise<void> => {
    await assert.rejects(made.clock.drive(ask()), params === undefined ? { code } : { code, params });
  };

  before(async () => {
    server = await startServer((request, index) => answer(request, index - first));
  });
  beforeEach(() => {
    made = makeClient(server.url);
    first = server.requests.length;
  });
  afterEach(() => {
    made.close();
  });
  after(async () => {
    await server.close();
  });

  describe('it asks again', () => {
    const passing: readonly (readonly [string, Reply])[] = [
      ['500', { status: 500 }],
      ['503 with a page', { status: 503, headers: { 'content-type': 'text/html' }, body: '<html>busy</html>' }],
      ['a page of a proxy', { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>sign in</html>' }],
      ['JSON cut short', { headers: { 'content-type': 'application/json' }, body: '{"data":[{"day":"20' }],
      ['an empty answer', { headers: { 'content-type': 'application/json' }, body: '' }],
      ['a broken connection', 'reset'],
      ['an answer that breaks off', { start: '{"data":', then: 'reset' }],
    ];
    for (const [what, reply] of passing) {
      it(`after ${what}, and nothing is lost`, async () => {
        use((_, index) => (index < 3 ? reply : EMPTY));
        await made.clock.drive(ask());
        assert.equal(sent(), 4);
        assert.equal(made.budget.used, 4);
      });
    }

    it('after half a second, one and two seconds on average', async () => {
      use({ status: 500 });
      const start = made.clock.now();
      await refused('server_failed', { status: 500, path: PATH });
      assert.equal(made.clock.now() - start, 500 + 1000 + 2000);
      assert.equal(sent(), 4);
    });

    it('and in the end says what came', async () => {
      use({ headers: { 'content-type': 'Text/HTML; charset=utf-8' }, body: '<html>sentinel</html>' });
      await refused('body_not_json', { contentType: 'text/html', path: PATH });
      use({ headers: { 'content-type': 'application/json' }, body: '{"data":[' });
      await refused('body_not_json', { contentType: 'incomplete application/json', path: PATH });
      use({ body: '' });
      await refused('body_not_json', { contentType: 'empty', path: PATH });
    });

    it('after a time-out', async () => {
      made = makeClient(server.url, { timeoutMs: 40 });
      use((_, index) => (index < 1 ? 'hang' : EMPTY));
      await made.clock.drive(ask());
      use('hang');
      await refused('timed_out', { seconds: 0.04, path: PATH });
      await assert.rejects(made.clock.drive(made.client.document('sleep', 'sentinel', {}, SIGNAL)), {
        code: 'timed_out',
        params: { seconds: 0.04, path: '/v2/usercollection/sleep/{id}' },
      });
    });

    it('when nobody listens', async () => {
      const gone = await startServer(() => EMPTY);
      await gone.close();
      made = makeClient(gone.url);
      await refused('unreachable', { host: new URL(gone.url).host, reason: 'ECONNREFUSED' });
      assert.equal(made.budget.used, 4);
    });
  });

  describe('it does not ask again', () => {
    const final: readonly (readonly [string, Reply, string])[] = [
      ['400', { status: 400 }, 'request_refused'],
      ['422', { status: 422, body: fixture('samples/errors/validation_422.json') }, 'request_refused'],
      ['426', { status: 426 }, 'request_refused'],
      ['404', { status: 404 }, 'not_found'],
      ['403', { status: 403 }, 'membership_lapsed'],
      ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, 'body_unexpected'],
      ['401 without another token', { status: 401 }, 'not_authorised'],
    ];
    for (const [what, reply, code] of final) {
      it(`after ${what}`, async () => {
        use(reply);
        await refused(code);
        assert.equal(sent(), 1);
      });
    }

    it('when the certificate is not trusted', async () => {
      const tls = { key: fixture('tls/key.pem'), cert: fixture('tls/cert.pem') };
      const secure = await startServer(() => EMPTY, tls);
      made = makeClient(secure.url);
      await refused('tls_failed');
      assert.equal(made.budget.used, 1);
      await secure.close();
    });

    it('when there is no token that could work', async () => {
      made = makeClient(server.url, {
        tokens: { accessToken: () => Promise.reject(new OuraError('token_missing')), rejected: () => Promise.resolve(false) },
      });
      await refused('token_missing');
      assert.deepEqual([sent(), made.budget.used], [0, 0]);
    });

    it('for a token that cannot be renewed because the token server is down', async () => {
      let calls = 0;
      const accessToken = (): Promise<string> => {
        calls += 1;
        return Promise.reject(new OuraError('unreachable', { host: 'tokens', reason: 'ENOTFOUND' }));
      };
      made = makeClient(server.url, { tokens: { accessToken, rejected: () => Promise.resolve(false) } });
      await refused('unreachable');
      assert.equal(calls, 1);
    });
  });

  describe('tokens', () => {
    const byToken =
      (good: string): Handler =>
      ({ headers }) =>
        headers['authorization'] === `Bearer ${good}` ? EMPTY : { status: 401 };

    it('LESSON: a refused token is renewed once and the question repeated', async () => {
      const tokens = renewing(['old', 'new']);
      made = makeClient(server.url, { tokens });
      use(byToken('new'));
      await ask();
      await ask();
      assert.deepEqual(
        server.requests.slice(first).map(({ headers }) => headers['authorization']),
        ['Bearer old', 'Bearer new', 'Bearer new'],
      );
      assert.deepEqual(tokens.rejectedTokens, ['old']);
    });

    it('LESSON: a renewed token that is refused as well is the end of it', async () => {
      const tokens = renewing(['old', 'new', 'newer']);
      made = makeClient(server.url, { tokens });
      use({ status: 401 });
      await refused('not_authorised');
      assert.deepEqual([sent(), tokens.rejectedTokens], [2, ['old']]);
    });

    for (const name of ['missing_scope_401.json', 'missing_scope_401_short.json']) {
      it(`LESSON: a missing scope is no reason to renew the token (${name})`, async () => {
        const tokens = renewing(['old', 'new']);
        made = makeClient(server.url, { tokens });
        use({ status: 401, body: fixture(`samples/errors/${name}`) });
        await refused('scope_missing', { scope: name.includes('short') ? 'spo2' : 'heart_health' });
        assert.deepEqual([sent(), tokens.rejectedTokens], [1, []]);
      });
    }

    it('may change between two questions', async () => {
      let n = 0;
      made = makeClient(server.url, {
        tokens: { accessToken: () => Promise.resolve(`t${(n += 1)}`), rejected: () => Promise.resolve(false) },
      });
      use(EMPTY);
      await ask();
      await ask();
      assert.deepEqual(
        server.requests.slice(first).map(({ headers }) => headers['authorization']),
        ['Bearer t1', 'Bearer t2'],
      );
    });
  });

  describe('429', () => {
    const limit = (headers: Readonly<Record<string, string>>): Reply => ({ status: 429, headers });

    for (const [headers, seconds] of [
      [{ 'retry-after': '20' }, 20],
      [{ 'retry-after': 'Sun, 01 Mar 2026 08:00:30 GMT' }, 30],
      [{ 'x-ratelimit-reset': String(Date.parse('2026-03-01T08:00:45Z') / 1000) }, 45],
      [{}, 60],
    ] as const) {
      it(`is waited for when it is short: ${JSON.stringify(headers)}`, async () => {
        use((_, index) => (index === 0 ? limit(headers) : EMPTY));
        const start = made.clock.now();
        await made.clock.drive(ask());
        assert.equal(made.clock.now() - start, seconds * 1000);
        assert.equal(sent(), 2);
      });
    }

    it('twice in a row is told, after one more try', async () => {
      use(limit({ 'retry-after': '20' }));
      await assert.rejects(made.clock.drive(ask()), { code: 'rate_limited', retryAfterMs: 20_000 });
      assert.equal(sent(), 2);
    });

    it('LESSON: stops everything of the application until the time it named, another account too', async () => {
      use((_, index) => (index === 0 ? limit({ 'retry-after': '600' }) : EMPTY));
      const start = made.clock.now();
      await assert.rejects(ask(), { code: 'rate_limited', retryAfterMs: 600_000, params: { seconds: 600 } });
      assert.equal(made.application.pausedUntil, start + 600_000);
      const other = makeClient(server.url, { application: made.application, clock: made.clock });
      await made.clock.advance(9 * MINUTE - 1);
      await assert.rejects(collect(other.client.pages('sleep', null, {}, SIGNAL)), { code: 'rate_limited' });
      assert.equal(sent(), 1);
      await made.clock.advance(1);
      await made.clock.drive(collect(other.client.pages('sleep', null, {}, SIGNAL)));
      assert.equal(made.clock.now() - start, 600_000);
      other.close();
    });

    it('is believed for an hour at most', async () => {
      use(limit({ 'retry-after': '1000000' }));
      await assert.rejects(ask(), { code: 'rate_limited', retryAfterMs: 60 * MINUTE });
    });
  });

  describe('closing', () => {
    const reason = new Error('closing');

    it('ends a request under way with the reason, and its slot is free again', async () => {
      made = makeClient(server.url, { limits: { applicationConcurrency: 1 } });
      use((_, index) => (index === 0 ? 'hang' : EMPTY));
      const closing = new AbortController();
      const asking = ask(closing.signal);
      const [aborted] = [server.untilAborted(1)];
      await server.untilReceived(first + 1);
      closing.abort(reason);
      await assert.rejects(asking, reason);
      await aborted;
      await ask();
      assert.equal(sent(), 2);
    });

    it('ends a wait between two tries, and no further request goes out', async () => {
      use({ status: 500 });
      const closing = new AbortController();
      const asking = ask(closing.signal);
      await made.clock.untilWaiting();
      closing.abort(reason);
      await assert.rejects(asking, reason);
      await made.clock.advance(10 * MINUTE);
      assert.deepEqual([sent(), made.clock.waiting], [1, 0]);
    });

    it('before it began sends nothing', async () => {
      await assert.rejects(ask(AbortSignal.abort(reason)), reason);
      assert.equal(sent(), 0);
    });

    it('does not count as a failure of the service', async () => {
      use('hang');
      for (let n = 0; n < 10; n += 1) {
        const closing = new AbortController();
        const asking = ask(closing.signal, n % 2 === 0 ? 'sleep' : 'workout');
        await server.untilReceived(first + n + 1);
        closing.abort(reason);
        await assert.rejects(asking, reason);
      }
      assert.equal(made.client.openUntil, null);
      assert.doesNotMatch(made.lines.join('\n'), /^warn/m);
    });
  });

  describe('the same question at the same time', () => {
    it('goes out once, and everybody gets the answer', async () => {
      use(json({ data: [{ day: '2026-03-01' }], next_token: null }));
      const answers = await Promise.all([ask(), ask(), ask()]);
      assert.equal(sent(), 1);
      assert.deepEqual(answers[2], answers[0]);
      await ask();
      assert.equal(sent(), 2);
    });

    it('lives on when one of the two who asked it leaves', async () => {
      const held = promised<Reply>();
      use(() => held.promise);
      const closing = new AbortController();
      const leaving = ask(closing.signal);
      const staying = ask();
      await server.untilReceived(first + 1);
      closing.abort(new Error('closing'));
      await assert.rejects(leaving, /closing/);
      held.resolve(EMPTY);
      await staying;
      assert.equal(sent(), 1);
    });

    it('is asked by itself for fresh data when the other one ran out of its budget for history', async () => {
      made = makeClient(server.url, { limit: 2 });
      use(EMPTY);
      await ask();
      const range = { from: '2026-03-01', to: '2026-03-01' };
      const history = collect(made.client.pages('sleep', range, { purpose: 'history' }, SIGNAL));
      const fresh = collect(made.client.pages('sleep', range, {}, SIGNAL));
      await assert.rejects(history, { code: 'budget_spent' });
      assert.equal((await fresh).length, 1);
      await assert.rejects(ask(), { code: 'budget_spent', params: { limit: 2 } });
    });
  });

  describe('a long outage', () => {
    const both = async (): Promise<void> => {
      for (const endpoint of ['sleep', 'workout'] as const) await assert.rejects(made.clock.drive(ask(SIGNAL, endpoint)), OuraError);
    };

    it('opens the circuit after eight requests, sends nothing meanwhile, and tries again later', async () => {
      use({ status: 500 });
      for (let n = 0; n < 4; n += 1) await both();
      assert.equal(sent(), 32);
      assert.equal(made.client.openUntil, made.clock.now() + MINUTE);
      await assert.rejects(ask(), { code: 'circuit_open' });
      assert.equal(sent(), 32);
      await made.clock.advance(MINUTE);
      use(EMPTY);
      await ask();
      assert.equal(made.client.openUntil, null);
    });

    it('ends the tries of a request under way, and no token is asked for meanwhile', async () => {
      const held = promised<Reply>();
      const tokens = renewing(['a']);
      made = makeClient(server.url, { tokens });
      use(({ path }) => (path.endsWith('/session') ? held.promise : { status: 500 }));
      const waiting = ask(SIGNAL, 'session');
      await server.untilReceived(first + 1);
      for (let n = 0; n < 4; n += 1) await both();
      held.resolve({ status: 500 });
      await assert.rejects(waiting, { code: 'server_failed' });
      assert.equal(sent(), 33);
      tokens.accessToken = () => promised<string>().promise;
      await assert.rejects(ask(), { code: 'circuit_open' });
    });

    it('LESSON: of one endpoint leaves the others alone', async () => {
      use(({ path }) => (path.endsWith('/sleep') ? { status: 500 } : EMPTY));
      for (let n = 0; n < 12; n += 1) await assert.rejects(made.clock.drive(ask(SIGNAL, 'sleep')), { code: 'server_failed' });
      await ask();
      assert.equal(made.client.openUntil, null);
    });

    it('is told once when it begins and once when it is over', async () => {
      use({ status: 500 });
      await both();
      await both();
      use(EMPTY);
      await ask(SIGNAL, 'sleep');
      await ask(SIGNAL, 'workout');
      await ask(SIGNAL, 'workout');
      assert.deepEqual(
        made.lines.filter((line) => !line.startsWith('debug')),
        [
          'warn Oura cannot be read: Oura answered with status 500: /v2/usercollection/sleep. It is tried again by itself.',
          'info Oura can be read again after 0 minutes.',
        ],
      );
    });
  });

  describe('the log', () => {
    it('has one line for each try: path, status, time, page', async () => {
      use((_, index) => (index === 0 ? { status: 500 } : json({ data: [], next_token: index === 1 ? 'sentinel' : null })));
      await made.clock.drive(ask());
      assert.deepEqual(made.lines, [
        `debug GET ${PATH} 500 0 ms page 0`,
        `debug GET ${PATH} 200 0 ms page 0`,
        `debug GET ${PATH} 200 0 ms page 1`,
      ]);
    });

    it('names what happened when there was no status', async () => {
      made = makeClient(server.url, { timeoutMs: 30 });
      use((_, index) => (index === 0 ? 'hang' : index === 1 ? 'reset' : EMPTY));
      await made.clock.drive(ask());
      assert.deepEqual(made.lines.slice(0, 2), [`debug GET ${PATH} timed_out 0 ms page 0`, `debug GET ${PATH} unreachable 0 ms page 0`]);
    });
  });

  it('no error and no line of the log holds a token, an id or a value', async () => {
    const tokens = renewing(['sentinel-token', 'sentinel-token-2']);
    const http = new AxiosHttp({ userAgent: 'oura-test/1.0' });
    const found: string[] = [];
    const value = { day: 'sentinel-value', detail: 'sentinel-value', score: 'sentinel-value' };
    const replies: readonly Reply[] = [
      ...[301, 400, 401, 403, 404, 422, 426, 429, 500].map((status) => json(value, status)),
      json([value]),
      json({ data: 'sentinel-value', next_token: 'sentinel-value' }),
      json({ data: [value], next_token: 'sentinel-value' }),
      { headers: { 'content-type': 'sentinel-value' }, body: '{"day":"sentinel-value' },
      { headers: { 'content-type': 'text/html' }, body: 'sentinel-value' },
      'reset',
      'hang',
      { start: '"sentinel-value', then: 'reset' },
      { start: '"sentinel-value', then: 'hang' },
    ];
    for (const reply of replies) {
      made = makeClient(server.url, { tokens, http, timeoutMs: 20 });
      use(reply);
      const calls = [ask(), made.client.document('daily_sleep', 'sentinel-id', {}, SIGNAL), made.client.latest('heartrate', {}, SIGNAL)];
      for (const outcome of await made.clock.drive(Promise.allSettled(calls))) {
        if (outcome.status === 'rejected') found.push(inspect(outcome.reason, { depth: 12, showHidden: true }));
      }
      found.push(...made.lines);
      made.close();
    }
    assert.ok(found.length > 100);
    for (const text of found) assert.doesNotMatch(text, /sentinel/);
  });
});
