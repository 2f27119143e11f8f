import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EndpointKey } from '../../../lib/catalogue/endpoints';
import type { SimulatedDocument } from '../../../lib/simulator/types';
import { bodyOf, DAY, DOCUMENT_ENDPOINTS, HOUR, personOf } from './support';

const START = Date.parse('2023-06-01T00:00:00Z');
const AFTER_APP: readonly EndpointKey[] = [
  'daily_sleep',
  'daily_readiness',
  'sleep_time',
  'daily_spo2',
  'daily_resilience',
  'daily_cardiovascular_age',
  'vo2_max',
];

/** What a document is called across its versions. */
function nameOf({ body, anchorMs }: SimulatedDocument): string {
  const id = body['id'];
  return typeof id === 'string' ? id : `at ${anchorMs}`;
}

describe('what the simulated cloud shows at a moment', () => {
  const patient = personOf('demo');
  const appAt = new Set(
    patient
      .syncs(START, START + 760 * DAY)
      .filter(({ kind }) => kind === 'app')
      .map(({ at }) => at),
  );
  const syncAt = new Set(patient.syncs(START, START + 760 * DAY).map(({ at }) => at));

  it('never holds anything from the future, and nothing once shown goes away', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DOCUMENT_ENDPOINTS),
        fc.integer({ min: 0, max: 725 * 24 }),
        fc.integer({ min: 1, max: 40 }),
        (endpoint, hour, later) => {
          const now = START + hour * HOUR;
          const from = now - 4 * DAY;
          const shown = patient.documents(endpoint, from, now + 2 * DAY, now);
          for (const { anchorMs, visibleAt } of shown) assert.ok(visibleAt <= now && anchorMs <= visibleAt);
          // a corrected bedtime moves the anchor by up to half an hour
          const names = new Set(patient.documents(endpoint, from - HOUR, now + 2 * DAY, now + later * HOUR).map(nameOf));
          for (const document of shown) assert.ok(names.has(nameOf(document)), `${endpoint} ${nameOf(document)}`);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('changes a document only together with visibleAt, and only forward', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DOCUMENT_ENDPOINTS),
        fc.integer({ min: 0, max: 725 * 24 }),
        fc.integer({ min: 1, max: 40 }),
        (endpoint, hour, later) => {
          const now = START + hour * HOUR;
          const then = new Map(patient.documents(endpoint, now - 3 * DAY, now, now).map((document) => [nameOf(document), document]));
          for (const document of patient.documents(endpoint, now - 3 * DAY, now, now + later * HOUR)) {
            const old = then.get(nameOf(document));
            if (old === undefined) assert.ok(document.visibleAt > now, endpoint);
            else if (old.visibleAt === document.visibleAt) assert.deepEqual(document, old);
            else assert.ok(document.visibleAt > now);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shows sleep and what follows from it only after the app was opened, once the night is over', () => {
    const now = START + 700 * DAY;
    for (const document of patient.documents('sleep', START, now, now)) {
      const sleep = bodyOf('sleep', document);
      assert.ok(document.visibleAt > Date.parse(sleep.bedtime_end));
      if (sleep.sleep_analysis_reason !== 'bedtime_edit' && sleep.type !== 'deleted') assert.ok(appAt.has(document.visibleAt), sleep.day);
    }
    for (const endpoint of AFTER_APP) {
      const documents = patient.documents(endpoint, START, now, now);
      const opened = documents.filter(({ visibleAt }) => appAt.has(visibleAt));
      const least = endpoint === 'daily_sleep' || endpoint === 'daily_readiness' ? 0.9 : 1; // the others are bedtime edits and deletions
      assert.ok(opened.length >= least * documents.length, endpoint);
    }
  });

  it('shows activity, stress, workouts, heart rate and battery from the first sync after their time', () => {
    const now = START + 700 * DAY;
    for (const endpoint of ['daily_activity', 'daily_stress', 'workout', 'session', 'ring_battery_level', 'heartrate'] as const) {
      for (const { anchorMs, visibleAt } of patient.documents(endpoint, now - 60 * DAY, now, now)) {
        assert.ok(syncAt.has(visibleAt), endpoint);
        assert.ok(visibleAt > anchorMs);
      }
    }
  });

  it('brings yesterday’s last heart rate, not today’s, until the ring has synced', () => {
    const syncs = patient.syncs(START + 100 * DAY, START + 130 * DAY);
    let checked = 0;
    syncs.forEach(({ at }, i) => {
      const next = syncs[i + 1];
      if (next === undefined || next.at - at < 5 * HOUR) return;
      const newest = patient.documents('heartrate', at - DAY, next.at, next.at - 1).at(-1);
      assert.ok(newest === undefined || newest.anchorMs < at);
      checked += 1;
    });
    assert.ok(checked > 10);
  });

  it('syncs several times in waking hours, rarely at night, and not at all on some days', () => {
    const perDay = Array.from({ length: 700 }, (_, i) => patient.syncs(START + i * DAY, START + (i + 1) * DAY).length);
    const usual = perDay.filter((count) => count >= 4 && count <= 14).length;
    assert.ok(usual > 0.8 * perDay.length);
    assert.ok(perDay.some((count) => count === 0));
    // 02:00 or 03:00 in Helsinki
    const night = patient.syncs(START, START + 700 * DAY).filter(({ at }) => new Date(at).getUTCHours() === 0).length;
    assert.ok(night > 10 && night < 0.3 * 700);
  });

  it('gives syncs in (from, to], ascending', () => {
    const [first, second] = patient.syncs(START + 50 * DAY, START + 53 * DAY);
    assert.ok(first !== undefined && second !== undefined && first.at < second.at);
    assert.deepEqual(patient.syncs(first.at, second.at), [second]);
  });

  it('opens the app within 5 to 40 minutes after waking on most days', () => {
    const now = START + 700 * DAY;
    const delays = patient.documents('sleep', START, now, now).flatMap((document) => {
      const sleep = bodyOf('sleep', document);
      return sleep.type === 'long_sleep' && sleep.sleep_analysis_reason !== 'bedtime_edit'
        ? [(document.visibleAt - Date.parse(sleep.bedtime_end)) / 60_000]
        : [];
    });
    assert.ok(delays.filter((minutes) => minutes >= 5 && minutes <= 40).length > 0.75 * delays.length);
    assert.ok(delays.some((minutes) => minutes > 180 && minutes < 900));
    assert.ok(delays.some((minutes) => minutes > 20 * 60));
  });

  it('shows nothing at all of days on which the ring lay in a drawer', () => {
    const ringOff = [{ from: '2023-09-10', to: '2023-09-19' }];
    const off = personOf('demo', { ringOff });
    const now = START + 200 * DAY;
    const [from, to] = [Date.parse('2023-09-10T00:00:00+03:00'), Date.parse('2023-09-20T00:00:00+03:00') - 1];
    assert.deepEqual(off.syncs(from, to), []);
    for (const endpoint of DOCUMENT_ENDPOINTS) {
      if (endpoint === 'ring_configuration') continue;
      const found = off.documents(endpoint, from - DAY, to + DAY, now).filter(({ body, anchorMs }) => {
        const day = body['day'] ?? body['start_day'];
        return typeof day === 'string' ? day >= '2023-09-10' && day <= '2023-09-19' : anchorMs >= from && anchorMs <= to;
      });
      assert.deepEqual(found, [], endpoint);
    }
    const elsewhere = (one: typeof off): unknown => one.documents('sleep', START, Date.parse('2023-09-08'), now);
    assert.deepEqual(elsewhere(off), elsewhere(patient));
  });
});
