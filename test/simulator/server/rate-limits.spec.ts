import assert from 'node:assert/strict';
import { HandPerson } from './support/hand-person';
import { TestCloud, type Got } from './support/test-cloud';

const NOW = '2026-11-24T08:00:00Z';
const headersOf = ({ headers }: Got): Readonly<Record<string, string | null>> =>
  Object.fromEntries(
    ['retry-after', 'x-ratelimit-limit', 'x-ratelimit-window', 'x-ratelimit-reset', 'x-ratelimit-tier'].map((name) => [
      name,
      headers.get(name),
    ]),
  );

describe('rate limits of the stand-in (API facts, section 6)', () => {
  let cloud: TestCloud;
  beforeEach(async () => {
    const rateLimits = { token: { limit: 2, windowMs: 60_000 }, application: { limit: 3, windowMs: 300_000 } };
    cloud = await TestCloud.start([new HandPerson([]), new HandPerson([], { id: 'person-2' })], NOW, { rateLimits });
    cloud.control.addToken({ token: 'second', personId: 'person-2' });
  });
  afterEach(() => cloud.close());

  it('429 of the access token, with the five headers', async () => {
    await cloud.get('sleep');
    cloud.control.advance(10_000);
    await cloud.get('sleep');
    cloud.control.advance(5500);
    const got = await cloud.get('sleep');
    assert.equal(got.status, 429);
    assert.deepEqual(headersOf(got), {
      'retry-after': '45',
      'x-ratelimit-limit': '2',
      'x-ratelimit-window': '60',
      'x-ratelimit-reset': String(Date.parse('2026-11-24T08:01:10Z') / 1000),
      'x-ratelimit-tier': 'access_token',
    });
    cloud.control.advance(44_499);
    assert.equal((await cloud.get('sleep')).status, 429);
    cloud.control.advance(1);
    assert.equal((await cloud.get('sleep')).status, 200);
  });

  it('429 of the application, whatever the token', async () => {
    await cloud.get('sleep');
    await cloud.get('workout');
    await cloud.get('sleep', {}, 'second');
    const got = await cloud.get('sleep', {}, 'second');
    assert.equal(got.status, 429);
    assert.equal(headersOf(got)['x-ratelimit-tier'], 'application');
    assert.equal(headersOf(got)['retry-after'], '300');
  });

  it('"No rate headers on 2xx"', async () => {
    assert.deepEqual(new Set(Object.values(headersOf(await cloud.get('sleep')))), new Set([null]));
  });

  it('the sandbox "shares your rate limit"', async () => {
    await cloud.get('sleep');
    await cloud.get('/v2/sandbox/usercollection/sleep');
    assert.equal((await cloud.get('sleep')).status, 429);
    assert.equal((await cloud.get('/v2/sandbox/usercollection/sleep')).status, 429);
  });

  it('forgets what lies ahead after the clock was moved back', async () => {
    await cloud.get('sleep');
    await cloud.get('sleep');
    cloud.control.advance(-3_600_000);
    assert.equal((await cloud.get('sleep')).status, 200);
  });
});
