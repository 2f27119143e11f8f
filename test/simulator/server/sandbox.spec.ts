import assert from 'node:assert/strict';
import { ENDPOINT_KEYS, endpointOf } from '../../../lib/catalogue/endpoints';
import { HandPerson } from './support/hand-person';
import { specificationErrors } from './support/openapi';
import { TestCloud } from './support/test-cloud';

const BASE = '/v2/sandbox/usercollection/';
const KEYS = ENDPOINT_KEYS.filter((key) => key !== 'personal_info');

describe('the sandbox of the stand-in', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await TestCloud.start([new HandPerson([])], '2026-07-30T10:00:00Z');
  });
  after(() => cloud.close());

  it('"accepts ANY non-empty Authorization header"', async () => {
    for (const authorization of ['x', 'Bearer nonsense', 'Basic abc'])
      assert.equal((await cloud.send('GET', `${BASE}sleep`, { authorization })).status, 200, authorization);
  });

  it('"without one 400"', async () => {
    const got = await cloud.get(`${BASE}sleep`, {}, null);
    assert.equal(got.status, 400);
    assert.deepEqual(got.body, { detail: "Missing auth token. Include any string in 'Authorization' header." });
  });

  it('"mirrors everything but personal_info"', async () => {
    for (const key of KEYS) assert.equal((await cloud.get(BASE + endpointOf(key).path)).status, 200, key);
    assert.equal((await cloud.get(`${BASE}personal_info`)).status, 404);
  });

  for (const key of KEYS.filter((one) => endpointOf(one).window.params === 'date'))
    it(`${key}: "a generator, not a filter (n-1 docs for a window, end-exclusive everywhere)", "\`next_token\` always null"`, async () => {
      const got = await cloud.get(BASE + endpointOf(key).path, { start_date: '2025-06-01', end_date: '2025-06-08' });
      const { data, next_token } = got.body as { data: readonly Record<string, unknown>[]; next_token: unknown };
      assert.equal(next_token, null);
      assert.deepEqual(
        data.map((body) => body['day'] ?? body['start_day']),
        ['2025-06-01', '2025-06-02', '2025-06-03', '2025-06-04', '2025-06-05', '2025-06-06', '2025-06-07'],
      );
      assert.deepEqual(await cloud.data(BASE + endpointOf(key).path, { start_date: '2025-06-01', end_date: '2025-06-01' }), []);
      assert.deepEqual(specificationErrors(BASE + endpointOf(key).path, got.body), []);
    });

  it('"ids like `daily_sleep-1-2026-8-1`", and those of the recorded answers', async () => {
    const ids = async (path: string, start_date: string, end_date: string): Promise<readonly unknown[]> =>
      (await cloud.data(BASE + path, { start_date, end_date })).map(({ id }) => id);
    assert.deepEqual(await ids('daily_sleep', '2026-08-01', '2026-08-02'), ['daily_sleep-1-2026-8-1']);
    assert.deepEqual(await ids('sleep', '2025-06-01', '2025-06-03'), ['sleep-0-2025-6-1', 'sleep-1-2025-6-2']);
    assert.deepEqual(await ids('workout', '2025-06-01', '2025-06-04'), ['workout-2-2025-6-1', 'workout-0-2025-6-2', 'workout-1-2025-6-3']);
    assert.deepEqual(await ids('rest_mode_period', '2025-06-01', '2025-06-03'), [
      'rest_mode_period-0-2025-6-1',
      'rest_mode_period-1-2025-6-2',
    ]);
  });

  it('"sample `interval` 60 (prod 300); inner timestamps frozen at 2021-01-01"', async () => {
    const [night] = await cloud.data(`${BASE}sleep`, { start_date: '2025-06-01', end_date: '2025-06-02' });
    assert.deepEqual(night?.['heart_rate'], {
      interval: 60,
      items: [54, 73, 82, 90, 100, 110, 120, 130, 140, 150],
      timestamp: '2021-01-01T00:00:00.000+00:00',
    });
    assert.equal(night['bedtime_start'], '2025-06-01T00:00:00.000+00:00');
  });

  it('"heartrate rows carry `producer_timestamp:null`, no `timestamp_unix`", as recorded', async () => {
    const window = { start_datetime: '2025-06-01T00:00:00Z', end_datetime: '2025-06-03T00:00:00Z' };
    assert.deepEqual(await cloud.data(`${BASE}heartrate`, window), [
      { timestamp: '2025-06-01T00:00:00.000Z', bpm: 60, producer_timestamp: null, source: 'awake' },
      { timestamp: '2025-06-02T00:00:00.000Z', bpm: 144, producer_timestamp: null, source: 'workout' },
    ]);
    assert.deepEqual(await cloud.data(`${BASE}ring_battery_level`, window), [
      { timestamp: '2025-06-01T00:00:00.000Z', charging: false, in_charger: false, level: 85, producer_timestamp: null },
      { timestamp: '2025-06-02T00:00:00.000Z', charging: true, in_charger: true, level: 95, producer_timestamp: null },
    ]);
  });

  it('ring_configuration is of today, as recorded', async () => {
    const got = await cloud.get(`${BASE}ring_configuration`);
    assert.deepEqual(got.body, {
      data: [
        {
          id: 'ring_configuration-0-2026-7-30',
          color: 'glossy_black',
          design: 'horizon',
          firmware_version: null,
          hardware_type: 'gen3',
          set_up_at: '2026-07-30T00:00:00.000+00:00',
          size: 12,
        },
      ],
      next_token: null,
    });
    assert.deepEqual(specificationErrors(`${BASE}ring_configuration`, got.body), []);
  });

  it('"single-document routes 500 (for its own ids) or 404"', async () => {
    assert.equal((await cloud.get(`${BASE}daily_sleep/daily_sleep-1-2026-8-1`)).status, 500);
    const other = await cloud.get(`${BASE}daily_sleep/8f9a5221-639e-4a85-81cb-4065ef23f979`);
    assert.equal(other.status, 404);
    assert.deepEqual(other.body, { detail: 'Invalid sandbox document ID format.' });
    assert.equal((await cloud.get(`${BASE}heartrate/x`)).status, 404);
  });

  it('refuses bad dates, and gives one document without a window', async () => {
    assert.equal((await cloud.get(`${BASE}sleep`, { start_date: 'nonsense' })).status, 422);
    assert.deepEqual(
      (await cloud.data(`${BASE}daily_sleep`)).map(({ day }) => day),
      ['2026-07-29'],
    );
  });
});
