import assert from 'node:assert/strict';
import type { Body } from '../../lib/ports/documents';
import { STATISTIC_KEYS, STATISTIC_FAMILIES } from '../../lib/statistics/statistic-keys';
import { metricOf, type MetricKey } from '../../lib/catalogue/metrics';
import { changedDays } from '../../lib/statistics/changed-days';
import { dayValues } from '../../lib/statistics/day-values';
import { SimulatedPerson } from '../../lib/simulator/person/simulated-person';
import { createMemoryStore } from '../../lib/store/memory-store';
import { identifyDocuments, matchByOf } from '../../lib/sync/identify-documents';
import type { EndpointKey } from '../../lib/catalogue/endpoints';

const DAY_MS = 86_400_000;
const CONTEXT = { via: 'poll', historic: false, at: 0 } as const;
const never = new AbortController().signal;

describe('the values of days', () => {
  const store = createMemoryStore();
  const add = (endpoint: EndpointKey, ...bodies: readonly Body[]): void => {
    store.documents.upsert(endpoint, matchByOf(endpoint), identifyDocuments(endpoint, bodies), CONTEXT);
  };
  const sleep = (id: string, day: string, more: Body): Body => ({
    id,
    day,
    type: 'long_sleep',
    bedtime_start: `${day}T00:00:00+00:00`,
    bedtime_end: `${day}T07:00:00+00:00`,
    total_sleep_duration: 21_600,
    ...more,
  });
  const values = async (key: MetricKey, from: string, to: string): Promise<readonly unknown[]> => {
    const question = { endpoint: metricOf(key).endpoint, keys: [key], from, to, countFrom: null };
    const found = await dayValues(store.documents, question, never);
    return (found.get(key) ?? []).map(({ day, value }) => [day, value]);
  };

  before(() => {
    add('sleep', sleep('a', '2026-03-01', { average_hrv: 40 }), sleep('b', '2026-03-02', { type: 'deleted', average_hrv: 41 }));
    add('sleep', sleep('c', '2026-03-03', { type: 'late_nap', total_sleep_duration: 1200, average_hrv: 42 }));
    add(
      'sleep',
      sleep('d', '2026-03-04', { total_sleep_duration: 14_400, average_hrv: 43 }),
      sleep('e', '2026-03-04', { average_hrv: 44 }),
    );
  });

  it('are of the main sleep of each day: no nap, no deleted night, and nothing of the night before', async () => {
    assert.deepEqual(await values('average_hrv', '2026-03-01', '2026-03-04'), [
      ['2026-03-01', 40],
      ['2026-03-04', 44],
    ]);
  });

  it('count naps from the first sleep on, days without any as 0', async () => {
    assert.deepEqual(await values('naps_today', '2026-02-20', '2026-03-05'), [
      ['2026-03-01', 0],
      ['2026-03-02', 0],
      ['2026-03-03', 1],
      ['2026-03-04', 0],
      ['2026-03-05', 0],
    ]);
  });

  it('exist for every metric that has statistics', async () => {
    const whole = createMemoryStore();
    const now = Date.parse('2026-03-01T12:00:00Z');
    const person = new SimulatedPerson({ seed: 'anna', zone: 'UTC', firstDay: '2025-06-01' });
    for (const endpoint of STATISTIC_FAMILIES) {
      const bodies = person.documents(endpoint, now - 270 * DAY_MS, now, now).map(({ body }) => body);
      whole.documents.upsert(endpoint, matchByOf(endpoint), identifyDocuments(endpoint, bodies), CONTEXT);
    }
    const missing: MetricKey[] = [];
    for (const endpoint of STATISTIC_FAMILIES) {
      const keys = STATISTIC_KEYS.filter((key) => metricOf(key).endpoint === endpoint);
      const found = await dayValues(whole.documents, { endpoint, keys, from: '2025-06-01', to: '2026-02-28', countFrom: null }, never);
      missing.push(...keys.filter((key) => (found.get(key) ?? []).length === 0));
    }
    assert.deepEqual(missing, []);
    assert.ok(STATISTIC_KEYS.length >= 100);
  });

  it('are looked at on both days when a document moves to another one', async () => {
    const before = store.changes.head();
    add('sleep', sleep('a', '2026-02-28', { average_hrv: 40 }));
    const changed = await changedDays(store.changes, before, never);
    assert.deepEqual(
      changed.get('sleep')?.map(({ day }) => day),
      ['2026-02-28', '2026-03-01'],
    );
  });
});
