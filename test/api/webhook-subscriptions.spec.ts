import assert from 'node:assert/strict';
import { Application } from '../../lib/api/application';
import { AxiosHttp } from '../../lib/api/axios-http';
import { WebhookSubscriptions } from '../../lib/api/webhook-subscriptions';
import { OuraError } from '../../lib/errors/oura-error';
import { FakeRandom } from '../support/fake-random';
import { HastyClock } from '../support/hasty-clock';
import { json, startServer, type Handler, type TestServer } from '../support/http-server';

const PATH = '/v2/webhook/subscription';
const CALLBACK = { callbackUrl: 'https://example.org/hook', verificationToken: 'our-word' };
const TYPE = { kind: 'create', dataType: 'sleep' } as const;
const WIRE = {
  id: 'a/b',
  callback_url: 'https://example.org/hook',
  event_type: 'create',
  data_type: 'sleep',
  expiration_time: '2026-06-01T00:00:00Z',
};
const READ = { id: 'a/b', callbackUrl: 'https://example.org/hook', kind: 'create', dataType: 'sleep', expiresAt: Date.UTC(2026, 5, 1) };

describe('webhook subscriptions at Oura', () => {
  const patient = new AbortController().signal;
  const http = new AxiosHttp({ userAgent: 'test/1' });
  const log: string[] = [];
  let server: TestServer;
  afterEach(() => server.close());
  after(() => {
    http.close();
  });

  async function api(handler: Handler, sender = http): Promise<WebhookSubscriptions> {
    server = await startServer(handler);
    log.length = 0;
    const tell = (line: string): void => {
      log.push(line);
    };
    const clock = new HastyClock([]);
    return new WebhookSubscriptions({
      http: sender,
      clock,
      random: new FakeRandom(),
      logger: { error: tell, warn: tell, info: tell, debug: tell },
      application: new Application({ clock }),
      base: `${server.url}/`,
      clientId: 'the-client',
      clientSecret: 'the-secret',
    });
  }
  const code = async (work: Promise<unknown>): Promise<readonly unknown[]> => {
    const error: unknown = await work.then(
      () => null,
      (cause: unknown) => cause,
    );
    assert.ok(error instanceof OuraError);
    assert.doesNotMatch(JSON.stringify([error.message, error.params]), /secret|our-word|a.b|the-client/);
    return [error.code, error.params['status']];
  };

  it('are opened by the application, and say who asks', async () => {
    const subscriptions = await api(() => json([WIRE, { ...WIRE, id: 'x', expiration_time: null, event_type: 'new_kind', more: 1 }]));
    assert.deepEqual(await subscriptions.list(patient), [READ, { ...READ, id: 'x', expiresAt: null, kind: 'new_kind' }]);
    const [request] = server.requests;
    assert.deepEqual([request?.method, request?.path], ['GET', PATH]);
    const { 'x-client-id': id, 'x-client-secret': secret, 'user-agent': agent, authorization } = request?.headers ?? {};
    assert.deepEqual([id, secret, agent, authorization], ['the-client', 'the-secret', 'test/1', undefined]);
  });

  it('are made, moved, renewed and removed as the specification says', async () => {
    const subscriptions = await api(({ method }) => (method === 'DELETE' ? { status: 204 } : json(WIRE, method === 'POST' ? 201 : 200)));
    assert.deepEqual(await subscriptions.create(TYPE, CALLBACK, patient), READ);
    assert.deepEqual(await subscriptions.change('a/b', CALLBACK, patient), READ);
    assert.deepEqual(await subscriptions.renew('a/b', patient), READ);
    await subscriptions.remove('a/b', patient);
    const callback = { callback_url: CALLBACK.callbackUrl, verification_token: 'our-word' };
    assert.deepEqual(
      server.requests.map(({ method, path, body }) => [method, path, body === '' ? null : (JSON.parse(body) as unknown)]),
      [
        ['POST', PATH, { ...callback, event_type: 'create', data_type: 'sleep' }],
        ['PUT', `${PATH}/a%2Fb`, callback],
        ['PUT', `${PATH}/renew/a%2Fb`, null],
        ['DELETE', `${PATH}/a%2Fb`, null],
      ],
    );
    assert.doesNotMatch(log.join('\n'), /secret|our-word|a.?%2Fb|the-client/);
  });

  it('that are gone say so, with 403 as the specification has it or with 404', async () => {
    for (const status of [403, 404]) {
      const subscriptions = await api(() => json({ detail: 'Webhook with specified id does not exist.' }, status));
      assert.equal(await subscriptions.change('x', CALLBACK, patient), null);
      assert.equal(await subscriptions.renew('x', patient), null);
      await subscriptions.remove('x', patient);
      await server.close();
    }
    server = await startServer(() => json({}));
  });

  it('that are there already say so', async () => {
    const subscriptions = await api(() => json({ detail: 'duplicate' }, 409));
    assert.equal(await subscriptions.create(TYPE, CALLBACK, patient), null);
  });

  for (const [status, wanted] of [
    [401, ['webhook_refused', 401]],
    [403, ['webhook_refused', 403]],
    [400, ['webhook_unanswered', 400]],
    [422, ['request_refused', 422]],
  ] as const) {
    it(`tell what ${status} means for a new one, without trying again`, async () => {
      const subscriptions = await api(() => json({ detail: 'the-secret our-word' }, status));
      assert.deepEqual(await code(subscriptions.create(TYPE, CALLBACK, patient)), wanted);
      assert.equal(server.requests.length, 1);
    });
  }

  it('do not take an unknown route of a list for one that is gone', async () => {
    const subscriptions = await api(() => json({}, 404));
    assert.deepEqual(await code(subscriptions.list(patient)), ['not_found', undefined]);
  });

  it('try again when Oura is away, a few times', async () => {
    const subscriptions = await api((_request, index) => (index < 2 ? json({}, 502) : json([])));
    assert.deepEqual(await subscriptions.list(patient), []);
    assert.equal(server.requests.length, 3);
    await server.close();
    const never = await api(() => 'reset');
    assert.deepEqual((await code(never.change('a/b', CALLBACK, patient)))[0], 'unreachable');
    assert.equal(server.requests.length, 4);
  });

  it('keep a limit that Oura names, for the whole application', async () => {
    const subscriptions = await api(() => json({}, 429, { 'retry-after': '900' }));
    assert.equal((await code(subscriptions.list(patient)))[0], 'rate_limited');
    assert.equal((await code(subscriptions.list(patient)))[0], 'rate_limited');
    assert.equal(server.requests.length, 1);
  });

  it('are not believed in another shape', async () => {
    for (const reply of [json({ detail: 'x' }), json([{ id: 1 }]), { headers: { 'content-type': 'text/html' }, body: '<html>' }]) {
      const subscriptions = await api(() => reply);
      assert.match(String((await code(subscriptions.list(patient)))[0]), /^body_/);
      await server.close();
    }
    server = await startServer(() => json({}));
  });

  it('name no id in an error of the way there', async () => {
    const small = new AxiosHttp({ userAgent: 'test/1', answerMaxBytes: 10 });
    const subscriptions = await api(() => json(WIRE), small);
    await assert.rejects(subscriptions.renew('a/b', patient), { code: 'body_unexpected', params: { path: `${PATH}/renew/…` } });
    small.close();
  });

  it('can be given up', async () => {
    const subscriptions = await api(() => 'hang');
    const leaving = new AbortController();
    const asked = subscriptions.list(leaving.signal);
    await server.untilReceived(1);
    leaving.abort(new Error('enough'));
    await assert.rejects(asked, /enough/);
  });
});
