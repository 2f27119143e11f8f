import assert from 'node:assert/strict';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../lib/catalogue/endpoints';
import type { Body } from '../../lib/ports/documents';
import type { PersonStore } from '../../lib/ports/person-store';
import type { Lease } from '../../lib/runtime';
import { SimulatedPerson } from '../../lib/simulator/person/simulated-person';
import { addDays } from '../../lib/sync/local-day';
import type { PersonEngine } from '../../lib/sync/person-engine';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { AccountRig } from '../support/account-rig';

const DAY = 86_400_000;
const STEP = 6 * 3_600_000;
const START = Date.parse('2026-03-15T09:00:00Z');
const MONTH = 30;
const ZONE = 'Europe/Helsinki';
const SIGNAL = new AbortController().signal;

/** By instant and id, which no two share. */
function inOrder(bodies: readonly Body[]): readonly Body[] {
  const keyOf = (body: Body): string => JSON.stringify([body['timestamp_unix'], body['id'], body]);
  return bodies.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

describe('thirty days with a comparison each', () => {
  const person = new SimulatedPerson({ seed: 'late', firstDay: '2026-03-05', zone: ZONE });
  const asked: Partial<Record<EndpointKey, number>> = {};
  let cloud: TestCloud;
  let rig: AccountRig;
  let lease: Lease;
  let engine: PersonEngine;

  before(async () => {
    cloud = await TestCloud.start([person], new Date(START).toISOString());
    rig = new AccountRig(cloud.server);
    lease = rig.acquire({ historyDays: 60, interval: 360, timezone: ZONE });
    engine = await rig.loaded(lease);
    for (let day = 0; day < MONTH; day += 1) {
      await pass();
      await compare();
    }
  });
  after(() => rig.clear());

  /** A day on which the account polls as usual. */
  const pass = async (): Promise<void> => {
    const rests = (): boolean => (engine.nextAt ?? 0) > cloud.control.now && ENDPOINT_KEYS.every((key) => !engine.family(key).inFlight);
    for (let passed = 0; passed < DAY; passed += STEP) {
      cloud.control.advance(STEP);
      await rig.until('a rest', rests);
    }
  };
  const sentTo = (endpoint: EndpointKey): number =>
    cloud.control.requests().filter(({ path }) => path.split('/')[3] === endpointOf(endpoint).path).length;
  const compare = async (): Promise<void> => {
    for (const endpoint of ENDPOINT_KEYS) {
      const before = sentTo(endpoint);
      const days = { from: addDays(engine.today, -14), to: addDays(engine.today, 1) };
      await engine.fetchNow({ kind: 'reconcile', endpoint, ...days }, SIGNAL);
      asked[endpoint] = (asked[endpoint] ?? 0) + sentTo(endpoint) - before;
    }
  };
  const held = (endpoint: EndpointKey): readonly Body[] => {
    const { now } = cloud.control;
    if (endpoint === 'personal_info') return [person.personalInfo];
    return person.documents(endpoint, START - 20 * DAY, now + 2 * DAY, now).map(({ body }) => body);
  };
  const stored = ({ documents, series }: PersonStore, endpoint: EndpointKey): readonly Body[] => {
    const all = endpointOf(endpoint).kind === 'series' ? series.range(endpoint, 0, Infinity) : documents.range(endpoint, null, null);
    return all.map(({ body }) => body);
  };
  const current = (): PersonStore => {
    assert.ok(lease.session.host);
    return lease.session.host.keeper.current;
  };

  it('LESSON: late uploads: ring away for days: the local copy equals what the cloud holds: every family, every row', () => {
    for (const endpoint of ENDPOINT_KEYS) assert.deepEqual(inOrder(stored(current(), endpoint)), inOrder(held(endpoint)), endpoint);
  });

  it('needed the comparisons for that: late days of the heart, the battery and the activity came by them', () => {
    const changes = current().changes.read({ after: 0, limit: 100_000, historic: false });
    const found = new Set(changes.filter(({ via }) => via === 'reconcile').map(({ endpoint }) => endpoint));
    for (const endpoint of ['heartrate', 'ring_battery_level', 'daily_activity']) assert.ok(found.has(endpoint), endpoint);
  });

  it('cost one request a day and family, as a poll does, and for the series a few more', () => {
    const { heartrate = 0, ring_battery_level: battery = 0, ...others } = asked;
    assert.deepEqual(others, Object.fromEntries(Object.keys(others).map((key) => [key, MONTH])));
    for (const requests of [heartrate, battery]) assert.ok(requests >= MONTH && requests <= 4 * MONTH, String(requests));
  });
});
