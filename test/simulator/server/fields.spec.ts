import assert from 'node:assert/strict';
import { HandPerson, type HandDocument } from './support/hand-person';
import { specificationErrors } from './support/openapi';
import { TestCloud } from './support/test-cloud';

const D = '2026-11-23';
const DOCUMENTS: readonly HandDocument[] = [
  {
    endpoint: 'daily_sleep',
    anchor: `${D}T00:00:00+02:00`,
    body: { id: 's', contributors: {}, day: D, score: 71, timestamp: `${D}T00:00:00.000+02:00` },
  },
  {
    endpoint: 'daily_stress',
    anchor: `${D}T00:00:00+02:00`,
    body: { id: 'st', day: D, day_summary: null, stress_high: 900, recovery_high: 0 },
  },
  {
    endpoint: 'sleep',
    anchor: `${D}T01:00:00+02:00`,
    body: { id: 'n', bedtime_start: `${D}T01:00:00+02:00`, day: D, efficiency: 90, latency: 0 },
  },
  { endpoint: 'daily_resilience', anchor: `${D}T00:00:00+02:00`, body: { id: 'r', day: D, contributors: {}, level: 'solid' } },
  { endpoint: 'tag', anchor: `${D}T10:00:00+02:00`, body: { id: 't', day: D, text: null, timestamp: `${D}T10:00:00`, tags: [] } },
  { endpoint: 'enhanced_tag', anchor: `${D}T10:00:00+02:00`, body: { id: 'e', start_day: D, start_time: `${D}T10:00:00`, comment: null } },
  { endpoint: 'heartrate', anchor: `${D}T10:00:00Z`, body: { timestamp: `${D}T10:00:00.000Z`, bpm: 60, source: 'awake' } },
];

describe('`fields` of the stand-in', () => {
  let cloud: TestCloud;
  const keys = async (path: string, fields: string): Promise<readonly string[]> => {
    const [first] = await cloud.data(path, { fields, start_date: D, end_date: '2026-11-24' });
    return Object.keys(first ?? {});
  };
  before(async () => {
    cloud = await TestCloud.start([new HandPerson(DOCUMENTS)], '2026-11-24T08:00:00Z');
  });
  after(() => cloud.close());

  it('"anchors always returned (`id`+`timestamp`/`day` on dailies"', async () => {
    assert.deepEqual(await keys('daily_sleep', 'score'), ['id', 'score', 'timestamp']);
    assert.deepEqual(await keys('daily_stress', 'stress_high'), ['id', 'day', 'stress_high']);
  });

  it('"`bedtime_start` on sleep, `timestamp` on series"', async () => {
    assert.deepEqual(await keys('sleep', 'latency,efficiency'), ['id', 'bedtime_start', 'efficiency', 'latency']);
    assert.deepEqual(await keys('heartrate', 'bpm'), ['timestamp', 'bpm']);
  });

  it('"unknown names silently ignored"', async () => {
    assert.deepEqual(await keys('daily_sleep', 'score, nothing'), ['id', 'score', 'timestamp']);
  });

  it('LESSON: "if none valid the FULL document is returned"', async () => {
    assert.deepEqual(await keys('daily_sleep', 'nothing'), ['id', 'contributors', 'day', 'score', 'timestamp']);
    assert.deepEqual(await keys('daily_sleep', ''), ['id', 'contributors', 'day', 'score', 'timestamp']);
  });

  it('"ignored by daily_resilience" and by both kinds of tags', async () => {
    assert.deepEqual(await keys('daily_resilience', 'level'), ['id', 'day', 'contributors', 'level']);
    assert.deepEqual(await keys('tag', 'day'), ['id', 'day', 'text', 'timestamp', 'tags']);
    assert.deepEqual(await keys('enhanced_tag', 'start_day'), ['id', 'start_day', 'start_time', 'comment']);
  });

  it('"With `fields`, 200 schema is the `MultiDocumentResponseDict` alternative"', async () => {
    const got = await cloud.get('daily_sleep', { fields: 'score', start_date: D, end_date: D });
    assert.deepEqual(specificationErrors('/v2/usercollection/daily_sleep', got.body, { alternative: 'fields' }), []);
    assert.notDeepEqual(specificationErrors('/v2/usercollection/daily_sleep', got.body), []);
  });

  it('"sandbox ignores `fields`"', async () => {
    const path = '/v2/sandbox/usercollection/daily_sleep';
    const fields = await cloud.get(path, { fields: 'score' });
    assert.deepEqual(fields.body, (await cloud.get(path)).body);
  });
});
