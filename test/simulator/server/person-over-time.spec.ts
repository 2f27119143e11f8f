import assert from 'node:assert/strict';
import { ENDPOINT_KEYS, endpointOf } from '../../../lib/catalogue/endpoints';
import { json, startServer, type TestServer } from '../../support/http-server';
import { readAll, startSimulated } from './support/simulated-cloud';
import type { TestCloud } from './support/test-cloud';

const HOUR = 3_600_000;
const WINDOW = { start_date: '2026-11-20', end_date: '2026-12-05' };

describe('a simulated person behind the stand-in', () => {
  let cloud: TestCloud;
  let receiver: TestServer;
  beforeEach(async () => {
    cloud = await startSimulated();
    receiver = await startServer(({ query }) => json({ challenge: query['challenge'] }));
  });
  afterEach(async () => {
    await cloud.close();
    await receiver.close();
  });

  it('tells by webhook of every document that a poll finds new or changed over three days, and of no other', async () => {
    const headers = { 'x-client-id': 'legacy-app', 'x-client-secret': 'legacy-secret' };
    const families = ENDPOINT_KEYS.filter((key) => endpointOf(key).window.params === 'date' && endpointOf(key).webhook !== null);
    for (const key of families)
      for (const event_type of ['create', 'update', 'delete']) {
        const body = JSON.stringify({
          callback_url: receiver.url,
          verification_token: 'v',
          event_type,
          data_type: endpointOf(key).webhook,
        });
        assert.equal((await cloud.send('POST', '/v2/webhook/subscription', headers, body)).status, 201);
      }
    const contents = async (): Promise<ReadonlyMap<string, string>> => {
      const found = new Map<string, string>();
      for (const key of families)
        for (const document of await readAll(cloud, endpointOf(key).path, WINDOW))
          found.set(`${endpointOf(key).webhook ?? ''} ${String(document['id'])}`, JSON.stringify(document));
      return found;
    };
    let seen = await contents();
    for (let step = 0; step < 12; step += 1) {
      await cloud.control.deliver(cloud.control.advance(6 * HOUR - 60_000));
      const told = new Set(
        receiver.requests
          .filter(({ method }) => method === 'POST')
          .map(({ body }) => {
            const { data_type, object_id } = JSON.parse(body) as { data_type: string; object_id: string };
            return `${data_type} ${object_id}`;
          }),
      );
      const now = await contents();
      const changed = [...now].filter(([name, content]) => seen.get(name) !== content).map(([name]) => name);
      for (const name of changed) assert.ok(told.has(name), `not told: ${name}`);
      for (const name of told) assert.ok(now.has(name) || seen.has(name), `told but not there: ${name}`);
      seen = now;
      cloud.control.advance(60_000);
    }
  });

  it('brings a new night with each next morning', async () => {
    let newest = '';
    for (let morning = 0; morning < 10; morning += 1) {
      const before = cloud.control.now;
      assert.ok(cloud.control.nextMorning() > before);
      const day = String((await readAll(cloud, 'daily_sleep', { start_date: '2026-11-20', end_date: '2027-01-20' })).at(-1)?.['day']);
      assert.ok(day > newest, `${day} after ${newest}`);
      newest = day;
    }
  });
});
