import assert from 'node:assert/strict';
import { HandPerson, type HandDocument } from './support/hand-person';
import { TestCloud } from './support/test-cloud';

const night = (day: string, visible: string): HandDocument => ({
  endpoint: 'daily_sleep',
  anchor: `${day}T00:00:00+02:00`,
  visible,
  body: { id: `s-${day}`, day, score: 70 },
});
const PERSON = new HandPerson([night('2026-11-23', '2026-11-23T06:00:00Z'), night('2026-11-25', '2026-11-25T06:30:00Z')], {
  syncs: [
    ['2026-11-24T10:00:00Z', 'background'],
    ['2026-11-24T18:00:00Z', 'app'],
    ['2026-11-25T05:00:00Z', 'background'],
    ['2026-11-25T06:30:00Z', 'app'],
  ],
});
const NOW = '2026-11-24T08:00:00Z';

describe('the control of the stand-in', () => {
  let cloud: TestCloud;
  const control = async (name: string, input: unknown = {}): Promise<readonly [number, unknown]> => {
    const answer = await fetch(`${cloud.server.controlUrl ?? ''}/${name}`, { method: 'POST', body: JSON.stringify(input) });
    const body = (await answer.json()) as { readonly result?: unknown; readonly detail?: unknown };
    return [answer.status, answer.status === 200 ? body.result : body.detail];
  };
  beforeEach(async () => {
    cloud = await TestCloud.start([PERSON, new HandPerson([], { id: 'person-2' })], NOW, { controlPort: 0 });
  });
  afterEach(() => cloud.close());

  it('is on a port of its own behind a secret', async () => {
    const url = new URL(cloud.server.controlUrl ?? '');
    assert.notEqual(url.origin, cloud.server.url);
    assert.equal((await fetch(`${url.origin}/guess/now`, { method: 'POST' })).status, 404);
    assert.equal((await fetch(`${url.href}/now`)).status, 405);
    assert.equal((await fetch(`${url.href}/now`, { method: 'POST' })).status, 200);
    assert.equal((await fetch(`${url.href}/now`, { method: 'POST', body: '{' })).status, 400);
  });

  it('has none unless asked for', async () => {
    const plain = await TestCloud.start([PERSON], NOW);
    assert.equal(plain.server.controlUrl, null);
    await plain.close();
  });

  it('moves the clock forward and back', async () => {
    assert.deepEqual(await control('now'), [200, Date.parse(NOW)]);
    assert.deepEqual(await control('advance', { ms: 60_000 }), [200, Date.parse('2026-11-24T08:01:00Z')]);
    assert.deepEqual(await control('move_to', { at: '2026-11-20T10:00:00+02:00' }), [200, Date.parse('2026-11-20T08:00:00Z')]);
    assert.equal(cloud.server.clock.now(), Date.parse('2026-11-20T08:00:00Z'));
  });

  it('moves to the next morning: a minute after the app was opened with a new night', async () => {
    assert.deepEqual(await control('next_morning'), [200, Date.parse('2026-11-25T06:31:00Z')]);
    assert.equal((await cloud.data('daily_sleep')).at(-1)?.['day'], '2026-11-25');
  });

  it('moves by a day where no morning comes', async () => {
    assert.deepEqual(await control('next_morning', { personId: 'person-2' }), [200, Date.parse('2026-11-25T08:00:00Z')]);
  });

  it('replaces, adds and deletes documents, visible at once', async () => {
    const window = { start_date: '2026-11-20', end_date: '2026-11-24' };
    await control('put', { endpoint: 'daily_sleep', body: { id: 's-2026-11-23', day: '2026-11-22', score: 1 } });
    await control('put', { endpoint: 'daily_sleep', body: { id: 'new', day: '2026-11-21', score: 2 } });
    assert.deepEqual(await cloud.data('daily_sleep', window), [
      { id: 'new', day: '2026-11-21', score: 2 },
      { id: 's-2026-11-23', day: '2026-11-22', score: 1 },
    ]);
    assert.equal(((await cloud.get('daily_sleep/new')).body as { score: number }).score, 2);
    await control('remove', { endpoint: 'daily_sleep', id: 's-2026-11-23' });
    assert.deepEqual(await cloud.data('daily_sleep', window), [{ id: 'new', day: '2026-11-21', score: 2 }]);
    assert.equal((await cloud.get('daily_sleep/s-2026-11-23')).status, 404);
    assert.deepEqual(await cloud.data('daily_sleep', window, 'demo-token'), [{ id: 'new', day: '2026-11-21', score: 2 }]);
  });

  it('finds what was put by the anchor of its family', async () => {
    const window = { start_date: '2026-11-20', end_date: '2026-11-21' };
    await control('put', { endpoint: 'daily_activity', body: { id: 'a', day: '2026-11-21', steps: 1 } });
    assert.deepEqual(await cloud.data('daily_activity', window), []);
    await control('put', { endpoint: 'tag', body: { id: 't', day: '2026-11-20', timestamp: '2026-11-20T23:30:00' } });
    assert.equal((await cloud.data('tag', window)).length, 1);
    await control('put', { endpoint: 'workout', body: { id: 'w', day: '2026-11-21', start_datetime: '2026-11-21T01:30:00+02:00' } });
    assert.equal((await cloud.data('workout', window)).length, 1);
  });

  it('replaces and deletes rows by their instant, and the personal info', async () => {
    const timestamp = '2026-11-24T07:00:00.000Z';
    await control('put', { endpoint: 'heartrate', body: { timestamp, bpm: 60, source: 'rest' } });
    await control('put', { endpoint: 'heartrate', body: { timestamp, bpm: 61, source: 'rest' } });
    assert.deepEqual(await cloud.data('heartrate'), [{ timestamp, bpm: 61, source: 'rest' }]);
    await control('remove', { endpoint: 'heartrate', id: String(Date.parse(timestamp)) });
    assert.deepEqual(await cloud.data('heartrate'), []);
    await control('put', { endpoint: 'personal_info', body: { id: 'person-1', age: 42 } });
    assert.deepEqual((await cloud.get('personal_info')).body, { id: 'person-1', age: 42 });
  });

  it('registers tokens, changes their scopes, lets them expire and revokes them', async () => {
    const status = async (path: string): Promise<number> => (await cloud.get(path, {}, 't')).status;
    await control('add_token', { token: 't', personId: 'person-2', scopes: ['daily'] });
    assert.deepEqual([await status('sleep'), await status('workout')], [200, 401]);
    await control('set_scopes', { token: 't', scopes: ['workout'] });
    assert.deepEqual([await status('sleep'), await status('workout')], [401, 200]);
    await control('lapse_membership', { personId: 'person-2' });
    assert.equal(await status('workout'), 403);
    await control('lapse_membership', { personId: 'person-2', lapsed: false });
    assert.equal(await status('workout'), 200);
    assert.deepEqual(await control('expire_token', { token: 't' }), [200, true]);
    assert.equal(await status('workout'), 401);
    await control('add_token', { token: 't', personId: 'person-2' });
    assert.deepEqual(await control('revoke_token', { token: 't' }), [200, true]);
    assert.equal(await status('workout'), 401);
    assert.deepEqual(await control('revoke_token', { token: 'none' }), [200, false]);
  });

  it('counts the requests and lists them', async () => {
    await cloud.get('sleep', { start_date: '2026-11-20' });
    cloud.control.advance(1000);
    await cloud.get('sleep/none');
    assert.deepEqual(await control('stats'), [
      200,
      {
        total: 2,
        byPath: { '/v2/usercollection/sleep': 1, '/v2/usercollection/sleep/{id}': 1 },
        byStatus: { 200: 1, 404: 1 },
        mostAtOnce: 1,
      },
    ]);
    assert.deepEqual(await control('requests'), [
      200,
      [
        { at: Date.parse(NOW), method: 'GET', path: '/v2/usercollection/sleep', query: { start_date: '2026-11-20' }, status: 200 },
        { at: Date.parse(NOW) + 1000, method: 'GET', path: '/v2/usercollection/sleep/none', query: {}, status: 404 },
      ],
    ]);
  });

  it('resets all but the clock and the tokens', async () => {
    await control('put', { endpoint: 'daily_sleep', body: { id: 'new', day: '2026-11-24', score: 2 } });
    await control('set_page_size', { documents: 1, rows: 1 });
    await control('lapse_membership', {});
    await control('fail', { status: 500 });
    await control('advance', { ms: 1000 });
    await control('reset');
    assert.deepEqual(await control('now'), [200, Date.parse(NOW) + 1000]);
    assert.deepEqual(
      (await cloud.data('daily_sleep')).map(({ id }) => id),
      ['s-2026-11-23'],
    );
    assert.equal(cloud.control.stats().total, 1);
  });

  for (const [name, input, status] of [
    ['nothing', {}, 404],
    ['advance', {}, 422],
    ['move_to', { at: 'tomorrow' }, 422],
    ['put', { endpoint: 'meal', body: {} }, 422],
    ['fail', { dropConnection: 'sometimes' }, 422],
    ['add_token', { token: 't', personId: 'nobody' }, 400],
    ['set_scopes', { token: 'nobody', scopes: [] }, 400],
    ['next_morning', { personId: 'nobody' }, 400],
  ] as const)
    it(`refuses ${name} with ${JSON.stringify(input)}`, async () => {
      assert.equal((await control(name, input))[0], status);
    });

  for (const [name, input] of [
    ['persons', {}],
    ['set_consent', { denied: true, scopes: null }],
    ['add_application', { clientId: 'c', clientSecret: 's', portal: 'new' }],
    ['fail', { match: { path: '/x', method: 'GET' }, times: 1, status: 500, body: { any: 1 }, headers: { a: 'b' } }],
    ['clear_faults', {}],
    ['change', { oauth: { expiresInSeconds: 60 }, rateLimits: { token: { limit: 1, windowMs: 1 } } }],
    ['subscriptions', {}],
    ['deliver', {}],
  ] as const)
    it(`accepts ${name}`, async () => {
      assert.equal((await control(name, input))[0], 200);
    });
});
