import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { json, startServer, type ReceivedRequest, type Reply, type TestServer } from '../../support/http-server';
import { HandPerson, type HandDocument } from './support/hand-person';
import { specificationErrors } from './support/openapi';
import { TestCloud, type Got } from './support/test-cloud';

const NOW = '2026-11-24T08:00:00Z';
const PATH = '/v2/webhook/subscription';
const CLIENT = { 'x-client-id': 'legacy-app', 'x-client-secret': 'legacy-secret' };
const night = (day: string, score: number, visible: string): HandDocument => ({
  endpoint: 'daily_sleep',
  anchor: `${day}T00:00:00+02:00`,
  visible,
  body: { id: `s-${day}`, day, score },
});
const PERSON = new HandPerson([
  night('2026-11-24', 70, '2026-11-24T06:00:00Z'),
  night('2026-11-24', 72, '2026-11-24T09:00:00Z'),
  night('2026-11-25', 80, '2026-11-25T06:00:00Z'),
  night('2026-11-25', 81, '2026-11-25T09:00:00Z'),
]);

describe('webhooks of the stand-in (API facts, section 5)', () => {
  let cloud: TestCloud;
  let receiver: TestServer;
  let reply: (request: ReceivedRequest) => Reply;
  const echo = ({ method, query }: ReceivedRequest): Reply =>
    method === 'GET' && query['verification_token'] === 'secret'
      ? json({ challenge: query['challenge'] })
      : json({}, method === 'GET' ? 401 : 200);

  beforeEach(async () => {
    reply = echo;
    receiver = await startServer((request) => reply(request));
    cloud = await TestCloud.start([PERSON], NOW);
  });
  afterEach(async () => {
    await cloud.close();
    await receiver.close();
  });

  const call = (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = CLIENT): Promise<Got> =>
    cloud.send(
      method,
      PATH + path,
      { ...headers, 'content-type': 'application/json' },
      body === undefined ? undefined : JSON.stringify(body),
    );
  const subscribe = (event_type: string, data_type = 'daily_sleep', more: object = {}): Promise<Got> =>
    call('POST', '', { callback_url: `${receiver.url}/hook?own=1`, verification_token: 'secret', event_type, data_type, ...more });
  const idOf = ({ body }: Got): string => (body as { id: string }).id;
  const events = (): readonly ReceivedRequest[] => receiver.requests.filter(({ method }) => method === 'POST');
  const kinds = (): readonly unknown[] =>
    events().map(({ body }) => {
      const { event_type, object_id, event_time } = JSON.parse(body) as Record<string, unknown>;
      return [event_type, object_id, event_time];
    });

  it('"POST 201" after `GET callback?verification_token=…&challenge=…`', async () => {
    const made = await subscribe('create');
    assert.equal(made.status, 201, made.text);
    assert.deepEqual(specificationErrors(PATH, made.body, { method: 'post', status: '201' }), []);
    const [challenge] = receiver.requests;
    assert.equal(challenge?.method, 'GET');
    assert.equal(challenge.path, '/hook');
    assert.equal(challenge.query['own'], '1');
    assert.equal(challenge.query['verification_token'], 'secret');
    assert.match(challenge.query['challenge'] ?? '', /^[0-9a-f]{16}$/);
  });

  it('"wrong token -> 401": no subscription without the right answer', async () => {
    assert.equal((await subscribe('create', 'sleep', { verification_token: 'guess' })).status, 400);
    reply = () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>log in first</html>' });
    assert.equal((await subscribe('create')).status, 400);
    reply = () => json({ challenge: 'something else' });
    assert.equal((await subscribe('create')).status, 400);
    reply = () => 'reset';
    assert.equal((await subscribe('create')).status, 400);
    assert.deepEqual((await call('GET', '')).body, []);
  });

  it('"headers `x-client-id` + `x-client-secret`", not a user token', async () => {
    for (const headers of [{}, { 'x-client-id': 'legacy-app', 'x-client-secret': 'no' }, { authorization: 'Bearer demo-token' }])
      assert.equal((await call('GET', '', undefined, headers as Readonly<Record<string, string>>)).status, 401);
    await subscribe('create');
    assert.equal(((await call('GET', '')).body as readonly unknown[]).length, 1);
    assert.deepEqual((await call('GET', '', undefined, { 'x-client-id': 'new-app', 'x-client-secret': 'new-secret' })).body, []);
  });

  it('"409 on duplicate (event_type,data_type)"; the same callback may be reused', async () => {
    assert.equal((await subscribe('create')).status, 201);
    assert.equal((await subscribe('create')).status, 409);
    const other = await subscribe('update');
    assert.equal(other.status, 201);
    assert.equal((await call('PUT', `/${idOf(other)}`, { verification_token: 'secret', event_type: 'create' })).status, 409);
  });

  it('"POST body: … (all required)"; unknown types 422', async () => {
    for (const body of [{}, { callback_url: receiver.url }, null, 7])
      assert.equal((await call('POST', '', body)).status, 422, JSON.stringify(body));
    for (const type of ['heartrate', 'ring_battery_level', 'personal_info', 'vO2_max'])
      assert.equal((await subscribe('create', type)).status, 422, type);
    for (const type of ['vo2_max', 'meal', 'ring_configuration']) assert.equal((await subscribe('create', type)).status, 201, type);
    const bad = await subscribe('changed');
    assert.equal(bad.status, 422);
    assert.deepEqual(specificationErrors(PATH, bad.body, { method: 'post', status: '422' }), []);
  });

  it('reads, changes, renews and deletes ("DELETE 204", "~90 days")', async () => {
    const made = await subscribe('create');
    const id = idOf(made);
    assert.equal((made.body as { expiration_time: string }).expiration_time, '2027-02-22T08:00:00.000Z');
    assert.deepEqual((await call('GET', `/${id}`)).body, made.body);
    cloud.control.advance(86_400_000);
    const renewed = await call('PUT', `/renew/${id}`);
    assert.equal((renewed.body as { expiration_time: string }).expiration_time, '2027-02-23T08:00:00.000Z');
    const changed = await call('PUT', `/${id}`, {
      verification_token: 'secret',
      callback_url: `${receiver.url}/other`,
      data_type: 'sleep',
    });
    assert.equal(changed.status, 200);
    assert.deepEqual(specificationErrors(`${PATH}/{id}`, changed.body, { method: 'put' }), []);
    assert.equal((changed.body as { data_type: string }).data_type, 'sleep');
    assert.equal(receiver.requests.at(-1)?.path, '/other');
    assert.equal((await call('PUT', `/${id}`, {})).status, 422);
    assert.equal((await call('DELETE', `/${id}`)).status, 204);
    assert.deepEqual((await call('GET', '')).body, []);
  });

  it('"Unknown id: 403"', async () => {
    for (const [method, path] of [
      ['GET', '/none'],
      ['DELETE', '/none'],
      ['PUT', '/none'],
      ['PUT', '/renew/none'],
    ] as const) {
      const got = await call(method, path, method === 'PUT' ? { verification_token: 'secret' } : undefined);
      assert.equal(got.status, 403);
      assert.deepEqual(got.body, { detail: 'Webhook with specified id does not exist.' });
    }
  });

  it('"Arrives ~30 s after app sync", signed "UPPERCASE hex HMAC-SHA256(client_secret, timestamp + body)"', async () => {
    await subscribe('create');
    await cloud.control.deliver(Date.parse('2026-11-25T06:00:29Z'));
    assert.equal(events().length, 0);
    const [delivery] = await cloud.control.deliver(Date.parse('2026-11-25T06:00:30Z'));
    assert.equal(delivery?.status, 200);
    const [event] = events();
    assert.deepEqual(JSON.parse(event?.body ?? ''), {
      event_type: 'create',
      data_type: 'daily_sleep',
      object_id: 's-2026-11-25',
      event_time: '2026-11-25T06:00:00.000+00:00',
      user_id: 'person-1',
    });
    const timestamp = String(Date.parse('2026-11-25T06:00:30Z') / 1000);
    assert.equal(event?.headers['x-oura-timestamp'], timestamp);
    const expected = createHmac('sha256', 'legacy-secret').update(timestamp).update(event.body).digest('hex').toUpperCase();
    assert.equal(event.headers['x-oura-signature'], expected);
    assert.equal((await cloud.control.deliver(Date.parse('2026-11-25T06:10:00Z'))).length, 0);
  });

  it('tells each version of a document, also when it was asked for late', async () => {
    await subscribe('create');
    await subscribe('update');
    await cloud.control.deliver(Date.parse('2026-11-26T00:00:00Z'));
    assert.deepEqual(kinds(), [
      ['update', 's-2026-11-24', '2026-11-24T09:00:00.000+00:00'],
      ['create', 's-2026-11-25', '2026-11-25T06:00:00.000+00:00'],
      ['update', 's-2026-11-25', '2026-11-25T09:00:00.000+00:00'],
    ]);
  });

  it('tells of documents put and deleted by hand, with the clock standing', async () => {
    for (const kind of ['create', 'update', 'delete']) await subscribe(kind);
    cloud.control.put('daily_sleep', { id: 's-2026-11-24', day: '2026-11-24', score: 1 });
    cloud.control.put('daily_sleep', { id: 'extra', day: '2026-11-20', score: 2 });
    cloud.control.remove('daily_sleep', 's-2026-11-24');
    await cloud.control.deliver(cloud.control.advance(30_000));
    assert.deepEqual(kinds(), [
      ['update', 's-2026-11-24', '2026-11-24T08:00:00.000+00:00'],
      ['create', 'extra', '2026-11-24T08:00:00.000+00:00'],
      ['delete', 's-2026-11-24', '2026-11-24T08:00:00.000+00:00'],
    ]);
    await cloud.control.deliver(Date.parse('2026-11-24T12:00:00Z'));
    assert.equal(events().length, 3, 'the simulated amendment of a deleted document is not told');
  });

  it('"covers all users of the app", and only them', async () => {
    await subscribe('create');
    cloud.control.revokeToken('demo-token');
    await cloud.control.deliver(Date.parse('2026-11-25T07:00:00Z'));
    assert.equal(events().length, 0);
  });

  it('"Retries: 10 each; about an hour in total"', async () => {
    await subscribe('create');
    reply = () => json({}, 500);
    const deliveries = await cloud.control.deliver(Date.parse('2026-11-25T08:00:00Z'));
    assert.equal(deliveries.length, 11);
    assert.equal(new Date(deliveries.at(-1)?.at ?? 0).toISOString(), '2026-11-25T07:00:30.000Z');
    assert.equal(events().length, 11);
    assert.equal(new Set(events().map(({ headers }) => headers['x-oura-signature'])).size, 11);
  });

  it('stops repeating when the answer is "2xx or 3xx"', async () => {
    await subscribe('create');
    let calls = 0;
    reply = () => json({}, (calls += 1) === 2 ? 302 : 503);
    const deliveries = await cloud.control.deliver(Date.parse('2026-11-25T08:00:00Z'));
    assert.deepEqual(
      deliveries.map(({ status, attempt }) => [status, attempt]),
      [
        [503, 1],
        [302, 2],
      ],
    );
  });

  it('"410 auto-cancels"', async () => {
    await subscribe('create');
    reply = () => json({}, 410);
    assert.equal((await cloud.control.deliver(Date.parse('2026-11-25T08:00:00Z'))).length, 1);
    assert.deepEqual((await call('GET', '')).body, []);
  });

  it('sends nothing for a subscription that has run out', async () => {
    cloud.control.moveTo(Date.parse('2026-08-26T08:00:00Z'));
    await subscribe('create');
    await cloud.control.deliver(Date.parse('2026-11-25T08:00:00Z'));
    assert.equal(events().length, 0);
  });

  it('counts a callback that cannot be reached as a failure', async () => {
    await subscribe('create');
    reply = () => 'reset';
    const [first] = await cloud.control.deliver(Date.parse('2026-11-25T06:01:00Z'));
    assert.equal(first?.status, 0);
  });

  it('does not mind a clock that jumps back', async () => {
    await subscribe('create');
    await cloud.control.deliver(Date.parse('2026-11-25T07:00:00Z'));
    await cloud.control.deliver(Date.parse('2026-11-24T08:00:00Z'));
    await cloud.control.deliver(Date.parse('2026-11-24T08:01:00Z'));
    assert.equal(events().length, 1);
  });
});
