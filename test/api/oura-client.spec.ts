import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ENDPOINT_KEYS, type EndpointKey, endpointOf } from '../../lib/catalogue/endpoints';
import { type Handler, json, type Reply, startServer, type TestServer } from '../support/http-server';
import { collect, type Made, makeClient, SIGNAL } from './make-client';

const SAMPLES = join(__dirname, '../fixtures/samples');
const RANGE = { from: '2026-03-01', to: '2026-03-02' };
const row = (n: number): object => ({
  timestamp: new Date(Date.UTC(2026, 2, 1) + n * 5000).toISOString(),
  bpm: 50 + (n % 90),
  source: 'awake',
});
const daily = (day: string, id: string | null = day): object => ({
  ...(id !== null && { id }),
  day,
  score: 80,
  timestamp: `${day}T00:00:00+00:00`,
});
const page = (data: readonly unknown[], next_token: string | null = null): Reply => json({ data, next_token });
const read = (path: string): string => readFileSync(join(SAMPLES, path), 'utf8');

describe('the client of the API', () => {
  let answer: Handler = () => page([]);
  let server: TestServer;
  let made: Made;
  let first = 0;
  /** What was asked since the test began, as `path?query` with the query readable. */
  const asked = (): readonly string[] =>
    server.requests.slice(first).map(
      ({ path, query }) =>
        `${path}?${Object.entries(query)
          .map((pair) => pair.join('='))
          .join('&')}`,
    );
  const use = (next: Handler): void => {
    answer = next;
  };

  before(async () => {
    server = await startServer((request, index) => answer(request, index - first));
  });
  beforeEach(() => {
    made = makeClient(`${server.url}/`);
    first = server.requests.length;
  });
  afterEach(() => {
    made.close();
  });
  after(async () => {
    await server.close();
  });

  describe('asks', () => {
    // by hand from the API facts: padding and paths per endpoint
    const queries: Readonly<Record<EndpointKey, string>> = {
      personal_info: 'personal_info?',
      daily_sleep: 'daily_sleep?start_date=2026-02-28&end_date=2026-03-03',
      sleep: 'sleep?start_date=2026-02-27&end_date=2026-03-04',
      daily_readiness: 'daily_readiness?start_date=2026-02-28&end_date=2026-03-03',
      daily_activity: 'daily_activity?start_date=2026-02-28&end_date=2026-03-04',
      heartrate: 'heartrate?start_datetime=2026-02-28T22:00:00Z&end_datetime=2026-03-02T22:00:00Z',
      daily_spo2: 'daily_spo2?start_date=2026-02-28&end_date=2026-03-03',
      daily_stress: 'daily_stress?start_date=2026-02-28&end_date=2026-03-03',
      workout: 'workout?start_date=2026-02-27&end_date=2026-03-04',
      session: 'session?start_date=2026-02-27&end_date=2026-03-04',
      tag: 'tag?start_date=2026-02-27&end_date=2026-03-04',
      vo2_max: 'vO2_max?start_date=2026-02-27&end_date=2026-03-04',
      ring_configuration: 'ring_configuration?',
      enhanced_tag: 'enhanced_tag?start_date=2026-02-27&end_date=2026-03-04',
      sleep_time: 'sleep_time?start_date=2026-02-28&end_date=2026-03-03',
      rest_mode_period: 'rest_mode_period?start_date=2026-02-27&end_date=2026-03-04',
      daily_resilience: 'daily_resilience?start_date=2026-02-28&end_date=2026-03-03',
      daily_cardiovascular_age: 'daily_cardiovascular_age?start_date=2026-02-28&end_date=2026-03-03',
      ring_battery_level: 'ring_battery_level?start_datetime=2026-02-28T22:00:00Z&end_datetime=2026-03-02T22:00:00Z',
    };
    for (const key of ENDPOINT_KEYS) {
      it(`${key} with the window it needs`, async () => {
        use(() => (key === 'personal_info' ? json({ id: 'p' }) : page([])));
        await collect(made.client.pages(key, { ...RANGE, zone: 'Europe/Helsinki' }, {}, SIGNAL));
        assert.deepEqual(asked(), [`/v2/usercollection/${queries[key]}`]);
        assert.equal(server.requests.at(-1)?.headers['authorization'], 'Bearer token-1');
        assert.equal(server.requests.at(-1)?.headers['user-agent'], 'oura-test/1.0');
      });
    }

    it('in pieces for a long range, the oldest first', async () => {
      await collect(made.client.pages('heartrate', { from: '2026-01-01', to: '2026-03-02' }, {}, SIGNAL));
      assert.deepEqual(
        asked().map((text) => text.split('?')[1]),
        [
          'start_datetime=2026-01-01T00:00:00Z&end_datetime=2026-01-31T00:00:00Z',
          'start_datetime=2026-01-31T00:00:00Z&end_datetime=2026-03-02T00:00:00Z',
          'start_datetime=2026-03-02T00:00:00Z&end_datetime=2026-03-03T00:00:00Z',
        ],
      );
    });

    it('for rows between two instants, to the millisecond', async () => {
      const [from, to] = [Date.parse('2026-03-01T10:00:00.250Z'), Date.parse('2026-03-01T12:00:00Z')];
      await collect(made.client.rowsSince('heartrate', from, to, {}, SIGNAL));
      await collect(made.client.rowsSince('heartrate', to, to, {}, SIGNAL));
      assert.deepEqual(asked(), ['/v2/usercollection/heartrate?start_datetime=2026-03-01T10:00:00.250Z&end_datetime=2026-03-01T12:00:00Z']);
    });

    it('for chosen fields only where the API honours them', async () => {
      for (const key of ['daily_sleep', 'tag'] as const) await collect(made.client.pages(key, null, { fields: ['day', 'score'] }, SIGNAL));
      await collect(made.client.pages('daily_sleep', null, { fields: [] }, SIGNAL));
      assert.deepEqual(asked(), [
        '/v2/usercollection/daily_sleep?fields=day,score',
        '/v2/usercollection/tag?',
        '/v2/usercollection/daily_sleep?',
      ]);
    });

    it('the sandbox at its own path, and never for single documents or a person', async () => {
      made = makeClient(server.url, { sandbox: true });
      await collect(made.client.pages('vo2_max', RANGE, {}, SIGNAL));
      await assert.rejects(made.client.document('sleep', 'a', {}, SIGNAL), { code: 'not_found' });
      await assert.rejects(made.client.personalInfo({}, SIGNAL), { code: 'not_found' });
      assert.deepEqual(asked(), ['/v2/sandbox/usercollection/vO2_max?start_date=2026-02-27&end_date=2026-03-04']);
    });

    it('below a path in front of the API, as with a reverse proxy', async () => {
      made = makeClient(`${server.url}/oura//`);
      await collect(made.client.pages('ring_configuration', null, {}, SIGNAL));
      assert.deepEqual(asked(), ['/oura/v2/usercollection/ring_configuration?']);
    });

    it('nothing at all of a range that makes no sense, or of an address that is none', async () => {
      await assert.rejects(collect(made.client.pages('sleep', { from: '2026-03-02', to: '2026-03-01' }, {}, SIGNAL)), {
        code: 'range_invalid',
      });
      await assert.rejects(collect(made.client.pages('heartrate', { from: '2026-03-02', to: 'now' }, {}, SIGNAL)), {
        code: 'date_invalid',
      });
      assert.throws(() => makeClient('nowhere'), { code: 'address_invalid' });
      assert.deepEqual(asked(), []);
    });
  });

  describe('pages', () => {
    it('LESSON: are followed to the end with the other parameters kept', async () => {
      use((_, index) => page([daily(`2026-03-0${index + 1}`)], [`to k+n/1`, 'two', null][index] ?? null));
      const pages = await collect(made.client.pages('daily_sleep', RANGE, { fields: ['score'] }, SIGNAL));
      const rest = 'start_date=2026-02-28&end_date=2026-03-03&fields=score';
      assert.deepEqual(
        asked().map((text) => text.split('?')[1]),
        [rest, `${rest}&next_token=to k+n/1`, `${rest}&next_token=two`],
      );
      assert.deepEqual(
        pages.map(({ items, index }) => [index, items[0]?.['day']]),
        [
          [0, '2026-03-01'],
          [1, '2026-03-02'],
          [2, '2026-03-03'],
        ],
      );
    });

    it('are numbered over all windows, and say how large they were', async () => {
      use(() => page([]));
      const pages = await collect(made.client.pages('sleep', { from: '2026-01-01', to: '2026-06-01' }, {}, SIGNAL));
      assert.deepEqual(
        pages.map(({ index, bytes }) => [index, bytes]),
        [0, 1, 2].map((n) => [n, '{"data":[],"next_token":null}'.length]),
      );
    });

    for (const [what, token] of [
      ['is absent', {}],
      ['is null', { next_token: null }],
      ['is empty', { next_token: '' }],
    ] as const) {
      it(`end where next_token ${what}`, async () => {
        use(() => json({ data: [], ...token }));
        assert.equal((await collect(made.client.pages('heartrate', RANGE, {}, SIGNAL))).length, 1);
      });
    }

    it('end with an empty last page', async () => {
      use((_, index) => (index === 0 ? { body: read('lildude-docs-examples/workout.json') } : page([])));
      const pages = await collect(made.client.pages('workout', RANGE, {}, SIGNAL));
      assert.deepEqual(
        pages.map(({ items }) => items.length),
        [2, 0],
      );
      assert.match(asked()[1] ?? '', /&next_token=12345$/);
    });

    it('LESSON: stop at a repeated token, and what was read so far is not lost', async () => {
      use((_, index) => page([daily(`2026-03-0${index + 1}`)], index === 1 ? 'b' : 'a'));
      const days: unknown[] = [];
      const reading = (async () => {
        for await (const { items } of made.client.pages('daily_sleep', RANGE, {}, SIGNAL)) days.push(...items.map(({ day }) => day));
      })();
      await assert.rejects(reading, { code: 'page_repeated', params: { path: '/v2/usercollection/daily_sleep' } });
      assert.deepEqual(days, ['2026-03-01', '2026-03-02', '2026-03-03']);
    });

    it('stop when there are more than anyone can have', async () => {
      use((_, index) => page([], `token ${index}`));
      made = makeClient(server.url, { limits: { applicationBurst: 10_000 } });
      await assert.rejects(collect(made.client.pages('daily_sleep', RANGE, {}, SIGNAL)), { code: 'page_repeated' });
      assert.equal(asked().length, 2000);
    }).timeout(60_000);

    it('are not asked for when the reader has had enough', async () => {
      use((_, index) => page([daily('2026-03-01')], `token ${index}`));
      for await (const { index } of made.client.pages('daily_sleep', RANGE, {}, SIGNAL)) if (index === 1) break;
      assert.equal(asked().length, 2);
    });

    it('may hold a hundred thousand rows, compressed', async () => {
      const rows = Array.from({ length: 100_000 }, (_, n) => row(n));
      const body = gzipSync(JSON.stringify({ data: rows, next_token: null }), { level: 1 });
      use(() => ({ headers: { 'content-encoding': 'gzip' }, body }));
      const [only] = await collect(made.client.pages('heartrate', RANGE, {}, SIGNAL));
      assert.equal(only?.items.length, 100_000);
      assert.deepEqual(only.items[99_999], rows[99_999]);
      assert.equal(only.setAside.length, 0);
    }).timeout(60_000);
  });

  describe('documents', () => {
    const files = ['lildude-docs-examples', 'sandbox-recorded'].flatMap((folder) =>
      readdirSync(join(SAMPLES, folder)).map((name) => `${folder}/${name}`),
    );
    for (const file of files) {
      it(`recorded elsewhere pass unchanged: ${file}`, async () => {
        const key = ENDPOINT_KEYS.find((one) => file.split('/')[1]?.split('.')[0] === one);
        assert.ok(key !== undefined);
        use((_, index) => (index === 0 ? { body: read(file) } : page([])));
        const pages = await collect(made.client.pages(key, RANGE, {}, SIGNAL));
        const { data } = JSON.parse(read(file)) as { data: unknown };
        assert.deepEqual(
          pages.flatMap(({ items }) => items),
          data,
        );
        assert.deepEqual(
          pages.flatMap(({ setAside }) => setAside),
          [],
        );
      });
    }

    it('that are broken are set aside while their page passes', async () => {
      const broken = daily('0024-11-11');
      use(() => page([daily('2026-03-01'), broken, 'text', daily('2026-03-02', null)]));
      const [only] = await collect(made.client.pages('daily_sleep', RANGE, {}, SIGNAL));
      assert.deepEqual(only?.items, [daily('2026-03-01'), daily('2026-03-02', null)]);
      assert.deepEqual(only.setAside, [
        { reason: 'day: day before 1970', body: broken },
        { reason: 'document: expected object', body: 'text' },
      ]);
    });

    it('are read one by one, with their id as it is', async () => {
      const document = daily('2026-03-01', 'a/b c?d');
      use(() => json(document));
      assert.deepEqual(await made.client.document('daily_sleep', 'a/b c?d', {}, SIGNAL), document);
      assert.deepEqual(asked(), ['/v2/usercollection/daily_sleep/a%2Fb%20c%3Fd?']);
    });

    for (const id of ['', '.', '..', 'a\nb', 'a\u0000', '\ud800']) {
      it(`are not asked for by an id that none has: ${JSON.stringify(id)}`, async () => {
        await assert.rejects(made.client.document('sleep', id, {}, SIGNAL), {
          code: 'not_found',
          params: { path: '/v2/usercollection/sleep/{id}' },
        });
        assert.deepEqual(asked(), []);
      });
    }

    it('of a series have no address of their own', async () => {
      await assert.rejects(made.client.document('heartrate', 'a', {}, SIGNAL), { code: 'not_found' });
      assert.deepEqual(asked(), []);
    });

    it('that are gone are told as such, without their id', async () => {
      use(() => ({ status: 404, body: read('errors/single_document_404.json') }));
      await assert.rejects(made.client.document('sleep', 'abc', {}, SIGNAL), {
        code: 'not_found',
        params: { path: '/v2/usercollection/sleep/{id}' },
      });
    });

    it('read one by one are judged too', async () => {
      use(() => json({ ...daily('2026-03-01'), score: 'sentinel' }));
      const params = { endpoint: 'daily_sleep', reason: 'score: expected number' };
      await assert.rejects(made.client.document('daily_sleep', 'a', {}, SIGNAL), { code: 'document_invalid', params });
      use(() => json([daily('2026-03-01')]));
      await assert.rejects(made.client.document('daily_sleep', 'a', {}, SIGNAL), { code: 'body_unexpected' });
    });

    it('of chosen fields pass though they lack the others', async () => {
      use(() => page([{ timestamp: '2026-03-01T00:00:00Z' }]));
      const [only] = await collect(made.client.pages('heartrate', RANGE, { fields: ['timestamp'] }, SIGNAL));
      assert.deepEqual([only?.items.length, only?.setAside.length], [1, 0]);
    });
  });

  describe('the person', () => {
    it('is a bare object, and also comes as a page', async () => {
      const info = { id: 'p', age: 40, weight: null, invented: [1] };
      use(() => json(info));
      assert.deepEqual(await made.client.personalInfo({}, SIGNAL), info);
      const [only] = await collect(made.client.pages('personal_info', RANGE, {}, SIGNAL));
      assert.deepEqual([only?.items, only?.index], [[info], 0]);
    });

    for (const body of [{ age: 40 }, { id: '' }, { id: 5 }, [], 'p', null]) {
      it(`is not ${JSON.stringify(body)}`, async () => {
        use(() => json(body));
        await assert.rejects(made.client.personalInfo({}, SIGNAL), { code: 'body_unexpected' });
        await assert.rejects(collect(made.client.pages('personal_info', null, {}, SIGNAL)), { code: 'body_unexpected' });
      });
    }

    it('is known though another field is wrong', async () => {
      use(() => json({ id: 'p', age: 'sentinel' }));
      assert.equal((await made.client.personalInfo({}, SIGNAL))['id'], 'p');
      const [only] = await collect(made.client.pages('personal_info', null, {}, SIGNAL));
      assert.deepEqual(
        only?.setAside.map(({ reason }) => reason),
        ['age: expected number'],
      );
    });
  });

  describe('the newest row', () => {
    it('is asked for as such', async () => {
      use(() => page([row(7)], 'more'));
      assert.deepEqual(await made.client.latest('heartrate', {}, SIGNAL), row(7));
      assert.deepEqual(asked(), ['/v2/usercollection/heartrate?latest=true']);
    });

    it('LESSON: is also found where the server ignores that and sends pages, oldest first', async () => {
      use((_, index) => (index === 0 ? page([row(1), row(2)], 'more') : page([row(3), row(9), row(8)])));
      assert.deepEqual(await made.client.latest('heartrate', {}, SIGNAL), row(9));
      assert.equal(asked().length, 2);
    });

    it('compares instants, not their spelling', async () => {
      const early = { timestamp: '2026-03-01T23:00:00+12:00', bpm: 50 };
      const late = { timestamp: '2026-03-01T12:00:00Z', bpm: 60 };
      use(() => page([late, early]));
      assert.deepEqual(await made.client.latest('heartrate', {}, SIGNAL), late);
    });

    it('is null where there is none', async () => {
      assert.equal(endpointOf('ring_battery_level').latest, true);
      use(() => page([]));
      assert.equal(await made.client.latest('ring_battery_level', {}, SIGNAL), null);
    });
  });

  describe('answers of another shape', () => {
    for (const body of [[], {}, { data: null }, { data: {} }, { data: [], next_token: 5 }, 'text', 7, null]) {
      it(`are refused and not asked for again: ${JSON.stringify(body)}`, async () => {
        use(() => json(body));
        const params = { path: '/v2/usercollection/sleep' };
        await assert.rejects(collect(made.client.pages('sleep', RANGE, {}, SIGNAL)), { code: 'body_unexpected', params });
        assert.equal(asked().length, 1);
      });
    }
  });
});
