import assert from 'node:assert/strict';
import { HandPerson, type HandDocument } from './support/hand-person';
import { TestCloud } from './support/test-cloud';

/** Days 9 to 13 November 2026 in Helsinki (+02:00): one of each family a day. */
const DAYS = ['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13'] as const;
const MIDNIGHT = [
  'daily_sleep',
  'daily_readiness',
  'daily_stress',
  'daily_spo2',
  'daily_resilience',
  'daily_cardiovascular_age',
  'sleep_time',
] as const;
const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

const DOCUMENTS: readonly HandDocument[] = DAYS.flatMap((day): readonly HandDocument[] => [
  ...MIDNIGHT.map((endpoint): HandDocument => ({ endpoint, anchor: `${day}T00:00:00+02:00`, body: { id: `${endpoint}-${day}`, day } })),
  { endpoint: 'daily_activity', anchor: `${day}T04:00:00+02:00`, body: { id: `activity-${day}`, day } },
  {
    endpoint: 'sleep',
    anchor: `${dayBefore(day)}T23:10:00+02:00`,
    body: { id: `sleep-${day}`, day, bedtime_start: `${dayBefore(day)}T23:10:00+02:00`, bedtime_end: `${day}T07:00:00+02:00` },
  },
  { endpoint: 'workout', anchor: `${day}T01:00:00+02:00`, body: { id: `workout-${day}`, day, start_datetime: `${day}T01:00:00+02:00` } },
  { endpoint: 'session', anchor: `${day}T17:00:00+02:00`, body: { id: `session-${day}`, day, start_datetime: `${day}T17:00:00+02:00` } },
  { endpoint: 'tag', anchor: `${day}T12:00:00+02:00`, body: { id: `tag-${day}`, day, timestamp: `${day}T12:00:00` } },
  { endpoint: 'enhanced_tag', anchor: `${day}T12:00:00+02:00`, body: { id: `etag-${day}`, start_day: day, start_time: `${day}T12:00:00` } },
  {
    endpoint: 'rest_mode_period',
    anchor: `${day}T09:00:00+02:00`,
    body: { id: `rest-${day}`, start_day: day, start_time: `${day}T09:00:00+02:00` },
  },
  { endpoint: 'vo2_max', anchor: `${day}T10:00:00+02:00`, body: { id: `vo2-${day}`, day, timestamp: `${day}T10:00:00+02:00` } },
]);
const ROWS: readonly HandDocument[] = Array.from({ length: 40 * 24 }, (_, hour) => {
  const timestamp = new Date(Date.parse('2026-10-08T08:00:00Z') + hour * 3_600_000).toISOString();
  return { endpoint: 'heartrate', anchor: timestamp, body: { timestamp, bpm: 50 + (hour % 20), source: 'awake' } };
});

describe('the window of a request (API facts, section 8)', () => {
  let cloud: TestCloud;
  const days = async (path: string, start: string, end: string): Promise<readonly string[]> =>
    (await cloud.data(path, { start_date: start, end_date: end })).map((body) => String(body['day'] ?? body['start_day']));

  before(async () => {
    cloud = await TestCloud.start([new HandPerson([...DOCUMENTS, ...ROWS])], '2026-11-13T10:00:00Z');
  });
  after(() => cloud.close());

  for (const path of ['daily_sleep', 'daily_readiness', 'daily_stress', 'daily_spo2', 'daily_resilience', 'daily_cardiovascular_age'])
    it(`LESSON: ${path}: "inclusive", 11-11..11-12 gives both days`, async () => {
      assert.deepEqual(await days(path, '2026-11-11', '2026-11-12'), ['2026-11-11', '2026-11-12']);
      assert.deepEqual(await days(path, '2026-11-11', '2026-11-11'), ['2026-11-11']);
    });

  it('sleep_time: "inclusive per ouracli/proscar87"', async () => {
    assert.deepEqual(await days('sleep_time', '2026-11-11', '2026-11-12'), ['2026-11-11', '2026-11-12']);
  });

  it('LESSON: daily_activity: "exclusive", 11-11..11-12 gives 11-11 only', async () => {
    assert.deepEqual(await days('daily_activity', '2026-11-11', '2026-11-12'), ['2026-11-11']);
    assert.deepEqual(await days('daily_activity', '2026-11-11', '2026-11-11'), []);
  });

  it('LESSON: sleep: "exclusive end, and the first day can be lost too"', async () => {
    assert.deepEqual(await days('sleep', '2026-11-09', '2026-11-12'), ['2026-11-10', '2026-11-11', '2026-11-12']);
    assert.deepEqual(await days('sleep', '2026-11-10', '2026-11-10'), []);
  });

  it('sleep: "D..D+1 -> 0 rows, D-1..D -> row (looks like filtering on bedtime start, not `day`)"', async () => {
    assert.deepEqual(await days('sleep', '2026-11-13', '2026-11-14'), []);
    assert.deepEqual(await days('sleep', '2026-11-12', '2026-11-13'), ['2026-11-13']);
  });

  it('sleep: "D..D+1 -> rows" (2023): also here, when the night began after midnight', async () => {
    const bedtime_start = '2026-11-13T00:40:00+02:00';
    const late = { endpoint: 'sleep', anchor: bedtime_start, body: { id: 'late', day: '2026-11-13', bedtime_start } } as const;
    const other = await TestCloud.start([new HandPerson([late])], '2026-11-13T10:00:00Z');
    assert.equal((await other.data('sleep', { start_date: '2026-11-13', end_date: '2026-11-14' })).length, 1);
    assert.equal((await other.data('sleep', { start_date: '2026-11-12', end_date: '2026-11-13' })).length, 0);
    await other.close();
  });

  it('workout: "exclusive, filtered on UTC start time while `day` is local"', async () => {
    // 01:00 at +02:00 is 23:00 UTC of the day before: the local day 12 lies in the UTC day 11.
    assert.deepEqual(await days('workout', '2026-11-11', '2026-11-12'), ['2026-11-12']);
  });

  it('session: "exclusive per one note"', async () => {
    assert.deepEqual(await days('session', '2026-11-11', '2026-11-12'), ['2026-11-11']);
  });

  for (const path of ['vO2_max', 'tag', 'enhanced_tag', 'rest_mode_period'])
    it(`${path}: "unmeasured"; the same model holds`, async () => {
      assert.deepEqual(await days(path, '2026-11-11', '2026-11-12'), ['2026-11-11']);
    });

  it('"date-only end_date read as midnight"; "`end_date=…T23:59:59` returns today\'s record"', async () => {
    assert.deepEqual(await days('daily_activity', '2026-11-13', '2026-11-13T23:59:59'), ['2026-11-13']);
    assert.deepEqual(await days('sleep', '2026-11-13T00:00:00', '2026-11-13T23:59:59'), []);
    assert.deepEqual(await days('workout', '2026-11-13', '2026-11-13T23:59:59'), []);
  });

  it('"filter `start 00:00 <= record timestamp <= end 00:00`": equality counts at both ends', async () => {
    assert.deepEqual(await days('daily_activity', '2026-11-11T04:00:00+02:00', '2026-11-12T04:00:00+02:00'), ['2026-11-11', '2026-11-12']);
    assert.deepEqual(await days('daily_activity', '2026-11-11T04:00:01+02:00', '2026-11-12T03:59:59+02:00'), []);
  });

  it('LESSON: "Safe recipe: request [D-2, D+2] and filter by `day`" loses no family', async () => {
    for (const path of [...MIDNIGHT, 'daily_activity', 'sleep', 'workout', 'session', 'tag', 'enhanced_tag', 'rest_mode_period', 'vO2_max'])
      assert.ok((await days(path, '2026-11-09', '2026-11-13')).includes('2026-11-11'), path);
  });

  it('"start > end: 422"', async () => {
    const got = await cloud.get('sleep', { start_date: '2026-11-12', end_date: '2026-11-11' });
    assert.equal(got.status, 422);
  });

  it('"`sleep.day` = wake day": the day asked for is not the day it began', async () => {
    const [night] = await cloud.data('sleep', { start_date: '2026-11-10', end_date: '2026-11-11' });
    assert.equal(night?.['day'], '2026-11-11');
    assert.equal(night['bedtime_start'], '2026-11-10T23:10:00+02:00');
  });

  it('"Oura limits the timerange to 30 days per request" for heart rate', async () => {
    const over = await cloud.get('heartrate', { start_datetime: '2026-10-10T00:00:00Z', end_datetime: '2026-11-09T00:00:01Z' });
    assert.equal(over.status, 400);
    const rows = await cloud.data('heartrate', { start_datetime: '2026-10-10T00:00:00Z', end_datetime: '2026-11-09T00:00:00Z' });
    assert.equal(rows.length, 30 * 24 + 1);
    assert.equal(
      (await cloud.get('ring_battery_level', { start_datetime: '2025-10-10T00:00:00Z', end_datetime: '2026-11-09T00:00:01Z' })).status,
      200,
    );
  });

  it('"six years of dailies in one call": daily collections have no such limit', async () => {
    assert.equal((await days('daily_sleep', '2020-01-01', '2026-11-13')).length, 5);
  });

  it('"Whether end_datetime is inclusive: unmeasured": it is here, as in the other windows', async () => {
    const rows = await cloud.data('heartrate', { start_datetime: '2026-11-11T10:00:00Z', end_datetime: '2026-11-11T12:00:00Z' });
    assert.deepEqual(
      rows.map((row) => row['timestamp']),
      ['2026-11-11T10:00:00.000Z', '2026-11-11T11:00:00.000Z', '2026-11-11T12:00:00.000Z'],
    );
  });

  it('"`+` in offsets must be URL-encoded `%2B`": a bare plus is refused', async () => {
    const path = '/v2/usercollection/daily_activity?start_date=2026-11-11&end_date=2026-11-12T05:00:00';
    const headers = { authorization: 'Bearer demo-token' };
    assert.equal((await cloud.send('GET', `${path}+02:00`, headers)).status, 422);
    assert.equal((await cloud.send('GET', `${path}%2B02:00`, headers)).status, 200);
  });

  it('"heartrate with no params returned the last ~24 h"', async () => {
    const rows = await cloud.data('heartrate');
    assert.equal(rows[0]?.['timestamp'], '2026-11-12T10:00:00.000Z');
    assert.equal(rows.at(-1)?.['timestamp'], '2026-11-13T10:00:00.000Z');
    assert.equal(rows.length, 25);
  });

  it('"date collections default yesterday..today"', async () => {
    assert.deepEqual(
      (await cloud.data('daily_sleep')).map(({ day }) => day),
      ['2026-11-12', '2026-11-13'],
    );
    assert.deepEqual(
      (await cloud.data('daily_activity')).map(({ day }) => day),
      ['2026-11-12'],
    );
  });

  it('completes a window of which one end is given', async () => {
    assert.deepEqual(
      (await cloud.data('daily_sleep', { start_date: '2026-11-11' })).map(({ day }) => day),
      ['2026-11-11', '2026-11-12', '2026-11-13'],
    );
    assert.deepEqual(
      (await cloud.data('daily_sleep', { end_date: '2026-11-11' })).map(({ day }) => day),
      ['2026-11-10', '2026-11-11'],
    );
    assert.deepEqual(await cloud.data('daily_sleep', { start_date: '2026-12-24' }), []);
  });
});

describe('the window where the clocks change', () => {
  it('begins a day of 23 and one of 25 hours at its own midnight', async () => {
    const documents = ['2026-03-29', '2026-03-30', '2026-10-25', '2026-10-26'].map((day): HandDocument => {
      const offset = { '2026-03-29': '+02:00', '2026-03-30': '+03:00', '2026-10-25': '+03:00', '2026-10-26': '+02:00' }[day] ?? '';
      return { endpoint: 'daily_sleep', anchor: `${day}T00:00:00${offset}`, body: { id: day, day } };
    });
    const cloud = await TestCloud.start([new HandPerson(documents)], '2026-11-13T10:00:00Z');
    for (const day of ['2026-03-29', '2026-03-30', '2026-10-25', '2026-10-26'])
      assert.equal((await cloud.data('daily_sleep', { start_date: day, end_date: day })).length, 1, day);
    await cloud.close();
  });
});
