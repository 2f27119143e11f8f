import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { HandPerson, type HandDocument } from './support/hand-person';
import { TestCloud } from './support/test-cloud';

const NOW = '2026-11-24T08:00:00Z';
interface Page {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly next_token: string | null;
}

describe('pages of the stand-in', () => {
  let cloud: TestCloud;
  const page = async (path: string, query: Readonly<Record<string, string>>): Promise<Page> => {
    const got = await cloud.get(path, query);
    assert.equal(got.status, 200, got.text);
    return got.body as Page;
  };
  const all = async (path: string, query: Readonly<Record<string, string>>): Promise<readonly Page[]> => {
    const pages = [await page(path, query)];
    for (let token = pages[0]?.next_token ?? null; token !== null; token = pages.at(-1)?.next_token ?? null)
      pages.push(await page(path, { ...query, next_token: token }));
    return pages;
  };
  const start = async (documents: readonly HandDocument[]): Promise<void> => {
    cloud = await TestCloud.start([new HandPerson(documents)], NOW);
  };
  afterEach(() => cloud.close());

  const rows = (count: number): readonly HandDocument[] =>
    Array.from({ length: count }, (_, index) => {
      const timestamp = new Date(Date.parse('2026-11-23T10:00:00Z') + index * 60_000).toISOString();
      return { endpoint: 'heartrate', anchor: timestamp, body: { timestamp, bpm: index } };
    });
  const window = { start_datetime: '2026-11-23T00:00:00Z', end_datetime: '2026-11-25T00:00:00Z' };

  it('"heartrate pages 1,000 rows (1,231 samples/day in 2 pages)"', async () => {
    await start(rows(1231));
    const pages = await all('heartrate', window);
    assert.deepEqual(
      pages.map(({ data }) => data.length),
      [1000, 231],
    );
    assert.deepEqual(
      pages.flatMap(({ data }) => data.map(({ bpm }) => bpm)),
      Array.from({ length: 1231 }, (_, index) => index),
    );
  });

  it('walks through a month with gaps of days, several rows at one instant, and misses and repeats none', async () => {
    const instants = [
      '10-26T00:00:00',
      '10-26T00:00:00',
      '10-26T00:00:00',
      '10-27T23:59:59',
      '10-28T00:00:00',
      '11-09T12:00:00',
      '11-24T07:59:59',
    ];
    await start(
      instants.map((instant, bpm) => {
        const timestamp = `2026-${instant}Z`;
        return { endpoint: 'heartrate', anchor: timestamp, body: { id: String(bpm), timestamp, bpm } };
      }),
    );
    for (const size of [1, 2, 3, 7]) {
      cloud.control.setPageSize(2, size);
      const pages = await all('heartrate', { start_datetime: '2026-10-26T00:00:00Z', end_datetime: '2026-11-25T00:00:00Z' });
      assert.deepEqual(
        pages.flatMap(({ data }) => data.map(({ bpm }) => bpm)),
        [0, 1, 2, 3, 4, 5, 6],
      );
      assert.equal(pages.length, Math.ceil(7 / size));
    }
  });

  it('"page size changed or varies": it can be set', async () => {
    await start(rows(1231));
    cloud.control.setPageSize(2, 1231);
    assert.deepEqual(
      (await all('heartrate', window)).map(({ data }) => data.length),
      [1231],
    );
  });

  it('LESSON: "keeping the other params": a token does not work with others, for others, or elsewhere', async () => {
    await start([...rows(3), { endpoint: 'ring_battery_level', anchor: NOW, body: { timestamp: NOW, level: 3 } }]);
    cloud.control.setPageSize(1, 1);
    const token = (await page('heartrate', window)).next_token ?? '';
    assert.equal((await cloud.get('heartrate', { ...window, next_token: token })).status, 200);
    assert.equal((await cloud.get('heartrate', { next_token: token })).status, 400);
    assert.equal((await cloud.get('heartrate', { ...window, fields: 'bpm', next_token: token })).status, 400);
    assert.equal((await cloud.get('ring_battery_level', { ...window, next_token: token })).status, 400);
    assert.equal((await cloud.get('heartrate', { ...window, next_token: `${token.slice(0, -2)}AA` })).status, 400);
  });

  it('keeps the window of the first page when the clock moves on', async () => {
    await start(rows(1320));
    cloud.control.setPageSize(5, 1000);
    const first = await page('heartrate', {});
    cloud.control.advance(3_600_000);
    const second = await page('heartrate', { next_token: first.next_token ?? '' });
    assert.equal(second.data[0]?.['bpm'], 1000);
    assert.equal(second.data.at(-1)?.['bpm'], 1319);
  });

  it('loses and repeats nothing when an older document arrives between two pages', async () => {
    const day = (number: number, visible: string): HandDocument => ({
      endpoint: 'daily_sleep',
      anchor: `2026-11-${10 + number}T00:00:00+02:00`,
      visible,
      body: { id: `d${number}`, day: `2026-11-${10 + number}` },
    });
    const early = '2026-11-20T00:00:00Z';
    await start([day(1, early), day(2, '2026-11-24T09:00:00Z'), day(3, early), day(4, early)]);
    cloud.control.setPageSize(2, 2);
    const query = { start_date: '2026-11-01', end_date: '2026-11-24' };
    const first = await page('daily_sleep', query);
    cloud.control.advance(2 * 3_600_000);
    const second = await page('daily_sleep', { ...query, next_token: first.next_token ?? '' });
    assert.deepEqual(
      [...first.data, ...second.data].map(({ id }) => id),
      ['d1', 'd3', 'd4'],
    );
  });

  it('gives every document once for any page size, also where many share one instant', async () => {
    await start([]);
    await cloud.close();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (minutes, size) => {
          const documents = minutes
            .toSorted((a, b) => a - b)
            .map((minute, index): HandDocument => {
              return { endpoint: 'tag', anchor: `2026-11-20T10:0${minute}:00Z`, body: { id: `t${index}`, day: '2026-11-20' } };
            });
          await start(documents);
          cloud.control.setPageSize(size, size);
          const pages = await all('tag', { start_date: '2026-11-19', end_date: '2026-11-22' });
          await cloud.close();
          assert.deepEqual(
            pages.flatMap(({ data }) => data.map(({ id }) => id)),
            documents.map(({ body }) => body['id']),
          );
          assert.equal(pages.length, Math.max(1, Math.ceil(documents.length / size)));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('LESSON: "guard against a repeated token": a rule makes pages without end', async () => {
    await start(rows(10));
    cloud.control.setPageSize(4, 4);
    cloud.control.fail({ match: { path: '/v2/usercollection/heartrate' }, repeatNextToken: true });
    const first = await page('heartrate', window);
    const second = await page('heartrate', { ...window, next_token: first.next_token ?? '' });
    assert.notEqual(first.next_token, null);
    assert.equal(second.next_token, first.next_token);
  });

  it('repeats a token also where everything would fit on one page', async () => {
    await start(rows(1));
    cloud.control.fail({ repeatNextToken: true });
    const first = await page('heartrate', window);
    assert.equal((await page('heartrate', { ...window, next_token: first.next_token ?? '' })).next_token, first.next_token);
  });

  it('does not hand a page to another person', async () => {
    cloud = await TestCloud.start([new HandPerson(rows(3)), new HandPerson(rows(3), { id: 'person-2' })], NOW);
    cloud.control.setPageSize(1, 1);
    cloud.control.addToken({ token: 'renewed', personId: 'person-1' });
    cloud.control.addToken({ token: 'other', personId: 'person-2' });
    const token = (await page('heartrate', window)).next_token ?? '';
    assert.equal((await cloud.get('heartrate', { ...window, next_token: token }, 'renewed')).status, 200);
    assert.equal((await cloud.get('heartrate', { ...window, next_token: token }, 'other')).status, 400);
  });
});
