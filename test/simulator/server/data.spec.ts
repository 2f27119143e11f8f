import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENDPOINT_KEYS, endpointOf } from '../../../lib/catalogue/endpoints';
import { HandPerson, type HandDocument } from './support/hand-person';
import { TestCloud, TOKEN } from './support/test-cloud';

const NOW = '2026-11-24T08:00:00Z';

const daily = (day: string, score: number, visible = '2026-11-01T00:00:00Z'): HandDocument => ({
  endpoint: 'daily_sleep',
  anchor: `${day}T00:00:00+02:00`,
  visible,
  body: { id: `s-${day}`, day, score, timestamp: `${day}T00:00:00+02:00` },
});
const row = (timestamp: string, bpm: number, visible = '2026-11-01T00:00:00Z'): HandDocument => ({
  endpoint: 'heartrate',
  anchor: timestamp,
  visible,
  body: { timestamp, bpm, source: 'awake' },
});

const PERSON = [
  daily('2026-11-23', 71),
  daily('2026-11-22', 80),
  daily('2026-11-24', 60, '2026-11-24T05:00:00Z'),
  daily('2026-11-24', 66, '2026-11-24T07:00:00Z'),
  daily('2026-11-25', 99, '2026-11-25T05:00:00Z'),
  row('2026-11-24T05:00:00.000Z', 61),
  row('2026-11-24T07:55:00.000Z', 64),
  row('2026-11-24T07:59:00.000Z', 70, '2026-11-24T08:30:00Z'),
  { endpoint: 'ring_battery_level', anchor: '2026-06-01T07:00:00Z', body: { timestamp: '2026-06-01T07:00:00.000Z', level: 40 } },
  { endpoint: 'ring_configuration', anchor: '1970-01-01T00:00:00Z', body: { id: 'ring-old', set_up_at: '1970-01-01T00:00:00.000Z' } },
  { endpoint: 'ring_configuration', anchor: '2024-05-05T10:00:00Z', body: { id: 'ring-new', set_up_at: '2024-05-05T10:00:00.000Z' } },
] as const satisfies readonly HandDocument[];

describe('the data routes of the stand-in', () => {
  let cloud: TestCloud;
  beforeEach(async () => {
    cloud = await TestCloud.start([new HandPerson(PERSON), new HandPerson([daily('2026-11-23', 12)], { id: 'person-2' })], NOW);
  });
  afterEach(() => cloud.close());

  it('answers all 19 collections, `/vO2_max` with a capital O', async () => {
    for (const key of ENDPOINT_KEYS) assert.equal((await cloud.get(endpointOf(key).path)).status, 200, key);
    assert.equal(ENDPOINT_KEYS.length, 19);
    for (const wrong of ['vo2_max', 'vo2max', 'nothing', '']) assert.equal((await cloud.get(wrong)).status, 404, wrong);
  });

  it('"Order is oldest first", and shows neither what is not synced nor an older version', async () => {
    const scores = (await cloud.data('daily_sleep', { start_date: '2026-11-20', end_date: '2026-11-30' })).map(({ score }) => score);
    assert.deepEqual(scores, [80, 71, 66]);
    cloud.control.moveTo(Date.parse('2026-11-24T06:00:00Z'));
    const earlier = (await cloud.data('daily_sleep', { start_date: '2026-11-20', end_date: '2026-11-30' })).map(({ score }) => score);
    assert.deepEqual(earlier, [80, 71, 60]);
  });

  it('keeps persons apart by their tokens', async () => {
    cloud.control.addToken({ token: 'second', personId: 'person-2' });
    const [only, ...more] = await cloud.data('daily_sleep', { start_date: '2026-11-20', end_date: '2026-11-30' }, 'second');
    assert.equal(only?.['score'], 12);
    assert.deepEqual(more, []);
  });

  it('"`personal_info`: no params, bare object, no envelope, no id route"', async () => {
    const got = await cloud.get('personal_info');
    assert.deepEqual(got.body, { id: 'person-1', age: 41, weight: 74.8, height: 1.8, biological_sex: 'male', email: 'person@example.com' });
    assert.equal((await cloud.get('personal_info/person-1')).status, 404);
  });

  it('"personal_info: `id`: none; other fields `personal`; email `email`"', async () => {
    cloud.control.setScopes(TOKEN, ['daily']);
    assert.deepEqual((await cloud.get('personal_info')).body, { id: 'person-1' });
    cloud.control.setScopes(TOKEN, ['email']);
    assert.deepEqual((await cloud.get('personal_info')).body, { id: 'person-1', email: 'person@example.com' });
    cloud.control.setScopes(TOKEN, ['personal']);
    assert.equal(Object.hasOwn((await cloud.get('personal_info')).body as object, 'email'), false);
  });

  it('"`ring_configuration` returns every ring ever set up, oldest first"', async () => {
    assert.deepEqual(
      (await cloud.data('ring_configuration')).map(({ id }) => id),
      ['ring-old', 'ring-new'],
    );
    assert.equal((await cloud.get('ring_configuration/ring-old')).status, 200);
  });

  it('LESSON: "`latest=true` honoured only by heartrate and ring_battery_level"', async () => {
    assert.deepEqual(await cloud.data('heartrate', { latest: 'true' }), [
      { timestamp: '2026-11-24T07:55:00.000Z', bpm: 64, source: 'awake' },
    ]);
    assert.deepEqual(await cloud.data('ring_battery_level', { latest: 'true' }), [{ timestamp: '2026-06-01T07:00:00.000Z', level: 40 }]);
    assert.equal((await cloud.data('heartrate', { latest: 'false' })).length, 2);
    const ignored = await cloud.data('daily_sleep', { latest: 'true', start_date: '2026-11-20', end_date: '2026-11-30' });
    assert.equal(ignored.length, 3);
    assert.equal((await cloud.get('heartrate', { latest: 'maybe' })).status, 422);
  });

  it('"`next_token` null" when all is said, also of series', async () => {
    for (const path of ['daily_sleep', 'heartrate', 'ring_configuration'])
      assert.equal((await cloud.get(path)).body && ((await cloud.get(path)).body as { next_token: unknown }).next_token, null);
  });

  it('"time series: no single-document route"', async () => {
    for (const path of ['heartrate', 'ring_battery_level']) assert.equal((await cloud.get(`${path}/x`)).status, 404, path);
  });

  it('answers one document as its collection shows it', async () => {
    const got = await cloud.get('daily_sleep/s-2026-11-24');
    assert.equal((got.body as { score: number }).score, 66);
    assert.equal((await cloud.get('daily_sleep/s-2026-11-25')).status, 404);
  });

  it('refuses other methods', async () => {
    assert.equal((await cloud.send('POST', '/v2/usercollection/sleep', { authorization: `Bearer ${TOKEN}` })).status, 405);
  });
});

describe('errors of the stand-in (API facts, section 3)', () => {
  let cloud: TestCloud;
  const error = async (
    path: string,
    query: Readonly<Record<string, string>> = {},
    token: string | null = TOKEN,
  ): Promise<readonly [number, unknown]> => {
    const { status, body } = await cloud.get(path, query, token);
    return [status, body];
  };
  beforeEach(async () => {
    cloud = await TestCloud.start([new HandPerson(PERSON)], NOW);
  });
  afterEach(() => cloud.close());

  it('400: "query parameters invalid": an unknown next_token', async () => {
    assert.deepEqual(await error('daily_sleep', { next_token: '12345' }), [400, { detail: 'Invalid next_token.' }]);
  });

  it('401: "access token is expired, malformed or revoked"', async () => {
    cloud.control.addToken({ token: 'old', personId: 'person-1', expiresAt: Date.parse(NOW) });
    cloud.control.addToken({ token: 'revoked', personId: 'person-1' });
    cloud.control.revokeToken('revoked');
    cloud.control.addToken({ token: 'expired', personId: 'person-1' });
    cloud.control.expireToken('expired');
    for (const token of [null, 'unknown', 'old', 'revoked', 'expired']) {
      const [status, body] = await error('sleep', {}, token);
      assert.equal(status, 401);
      assert.deepEqual(body, { detail: 'The access token is expired, malformed or revoked.' });
    }
    assert.equal((await cloud.send('GET', '/v2/usercollection/sleep', { authorization: TOKEN })).status, 401);
  });

  it('LESSON: 401 "ALSO missing scope", short and "sometimes RFC7807"', async () => {
    cloud.control.setScopes(TOKEN, ['email']);
    assert.deepEqual(await error('daily_spo2'), [401, { detail: 'Token is not authorized access spo2 scope.' }]);
    const long = { status: 401, title: 'Unauthorized', detail: 'Token is not authorized access heart_health scope.' };
    assert.deepEqual(await error('daily_cardiovascular_age'), [401, long]);
    assert.deepEqual(await error('vO2_max'), [401, long]);
  });

  for (const key of ENDPOINT_KEYS.filter((one) => endpointOf(one).scopes.length > 0))
    it(`opens ${key} with ${endpointOf(key).scopes.join(' or ')} and nothing else`, async () => {
      cloud.control.setScopes(TOKEN, ['email']);
      assert.equal((await error(endpointOf(key).path))[0], 401);
      for (const scope of endpointOf(key).scopes) {
        cloud.control.setScopes(TOKEN, [scope]);
        assert.equal((await error(endpointOf(key).path))[0], 200, scope);
      }
    });

  it('LESSON: 403 "user\'s subscription to Oura has expired", on personal_info too', async () => {
    cloud.control.lapseMembership('person-1');
    for (const path of ['sleep', 'personal_info', 'daily_sleep/s-2026-11-24']) assert.equal((await error(path))[0], 403, path);
    cloud.control.lapseMembership('person-1', false);
    assert.equal((await error('sleep'))[0], 200);
  });

  it('403 "one report of the stress-scope message arriving as 403": a rule gives it', async () => {
    const body = { detail: 'Token is not authorized access stress scope.' };
    cloud.control.fail({ match: { path: '/v2/usercollection/daily_resilience' }, status: 403, body });
    assert.deepEqual(await error('daily_resilience'), [403, body]);
  });

  it('404 "single documents only"', async () => {
    assert.deepEqual(await error('daily_sleep/none'), [404, { detail: 'Document not found.' }]);
    assert.deepEqual(await error('daily_sleep/%E2%82'), [400, null]);
  });

  it('422 "FastAPI list"', async () => {
    const sample: unknown = JSON.parse(readFileSync(join(__dirname, '../../fixtures/samples/errors/validation_422.json'), 'utf8'));
    assert.deepEqual(await error('daily_sleep', { start_date: 'nonsense' }), [422, sample]);
    const [status, body] = await error('heartrate', { start_datetime: 'nonsense', end_datetime: 'x' });
    assert.equal(status, 422);
    const { detail } = body as { detail: readonly { loc: unknown }[] };
    assert.deepEqual(
      detail.map(({ loc }) => loc),
      [
        ['query', 'start_datetime'],
        ['query', 'end_datetime'],
      ],
    );
  });

  it('"`start_date=1` is accepted (epoch) and `0024-11-11` too -> 200"', async () => {
    for (const start_date of ['1', '0024-11-11']) assert.equal((await error('daily_sleep', { start_date }))[0], 200, start_date);
  });

  for (const [status, body] of [
    [426, { detail: 'Upgrade Required' }],
    [500, undefined],
    [503, undefined],
  ] as const)
    it(`${status} ("${status === 426 ? 'NOT in any spec held' : '5xx undocumented'}") comes when a rule says so`, async () => {
      cloud.control.fail({ status, times: 1, ...(body !== undefined && { body }) });
      assert.equal((await error('sleep'))[0], status);
      assert.equal((await error('sleep'))[0], 200);
    });
});
