import assert from 'node:assert/strict';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import type { Lease } from '../../lib/runtime';
import type { PersonEngine } from '../../lib/sync/person-engine';
import { refresh, type RefreshRequest, type RefreshResult } from '../../lib/sync/refresh';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { AccountRig } from '../support/account-rig';
import { dailySleep, heartRate, night } from '../support/days';

const MINUTE = 60_000;

describe('reading again', () => {
  let cloud: TestCloud;
  let rig: AccountRig;
  let lease: Lease;
  let engine: PersonEngine;
  let shares: number[];

  beforeEach(async () => {
    const documents = [dailySleep('2026-03-14', 72), night('2026-03-14'), heartRate('2026-03-15T08:00:00.000Z', 61)];
    cloud = await TestCloud.start([new HandPerson(documents, { zone: 'UTC' })], '2026-03-15T09:00:00Z');
    rig = new AccountRig(cloud.server);
    lease = rig.acquire({ timezone: 'UTC', historyDays: 60, families: { workout: [] } });
    engine = await rig.loaded(lease);
    shares = [];
  });
  afterEach(() => rig.clear());

  const read = (request: Partial<RefreshRequest> = {}, signal = new AbortController().signal): Promise<RefreshResult> =>
    refresh(engine, { families: [], range: 'recent', ...request }, (share) => shares.push(share), signal);
  const changes = () => lease.session.host?.keeper.current.changes.read({ after: 0, limit: 1000 }) ?? [];

  it('reads all families that are fetched, and counts what was new', async () => {
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
    cloud.control.put('daily_sleep', dailySleep('2026-03-14', 90).body);
    cloud.control.put('heartrate', heartRate('2026-03-15T08:30:00.000Z', 64).body);
    const result = await read();
    const { created, updated, deleted, rows, failed, from, to } = result;
    assert.deepEqual({ created, updated, deleted, rows, failed }, { created: 1, updated: 1, deleted: 0, rows: 1, failed: 0 });
    assert.deepEqual([from, to], ['2026-03-13', '2026-03-16']);
    assert.deepEqual(
      Object.keys(result.families),
      ENDPOINT_KEYS.filter((key) => key !== 'workout'),
    );
    assert.deepEqual(result.families.daily_sleep, { created: 1, updated: 1, deleted: 0, rows: 0, error: null });
  });

  it('tells its progress up to the end', async () => {
    await read();
    assert.equal(shares.length, 18);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
    assert.equal(shares.at(-1), 1);
  });

  it('reads a range, of the families named only', async () => {
    cloud.control.reset();
    cloud.control.put('daily_sleep', dailySleep('2026-02-01', 55).body);
    const result = await read({ families: ['daily_sleep'], range: { from: '2026-02-01', to: '2026-02-03' } });
    assert.deepEqual(Object.keys(result.families), ['daily_sleep']);
    assert.equal(result.created, 1);
    assert.deepEqual(new Set(cloud.control.requests().map(({ path }) => path)), new Set(['/v2/usercollection/daily_sleep']));
  });

  it('deletes of a range what Oura has deleted, and reads every row of it', async () => {
    cloud.control.remove('daily_sleep', 'ds-2026-03-14');
    cloud.control.put('heartrate', heartRate('2026-03-14T08:30:00.000Z', 64).body); // no hole is left where it was missing
    const recent = await read({ families: ['daily_sleep'] });
    assert.equal(recent.deleted, 0);
    const { deleted, rows, families } = await read({
      families: ['daily_sleep', 'heartrate'],
      range: { from: '2026-03-14', to: '2026-03-14' },
    });
    assert.deepEqual([deleted, rows, families.daily_sleep?.deleted], [1, 1, 1]);
    assert.equal(lease.session.host?.keeper.current.documents.newest('daily_sleep'), null);
  });

  it('calls what it finds in loaded days new, and what lies before them history', async () => {
    cloud.control.put('daily_sleep', dailySleep('2026-02-01', 55).body);
    cloud.control.put('daily_sleep', dailySleep('2025-06-01', 44).body);
    const before = changes().length;
    await read({ families: ['daily_sleep'], range: { from: '2026-02-01', to: '2026-02-03' } });
    await read({ families: ['daily_sleep'], range: { from: '2025-06-01', to: '2025-06-03' } });
    assert.deepEqual(
      changes()
        .slice(before)
        .map(({ day, via, historic }) => [day, via, historic]),
      [
        ['2026-02-01', 'reconcile', false],
        ['2025-06-01', 'reconcile', true],
      ],
    );
  });

  it('reads everything that the account wants', async () => {
    const { from, to } = await read({ families: ['daily_sleep', 'ring_configuration'], range: 'all' });
    assert.deepEqual([from, to], ['2026-01-15', '2026-03-16']);
  });

  it('does not let one family that fails keep the others from being read', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/sleep' }, status: 400 });
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
    const { failed, created, families } = await read();
    assert.deepEqual([failed, created, families.sleep?.error], [1, 1, 'request_refused']);
  });

  for (const [family, code] of [
    ['astrology', 'family_unknown'],
    ['workout', 'family_disabled'],
  ] as const) {
    it(`refuses ${family} with ${code} and reads nothing`, async () => {
      cloud.control.reset();
      await assert.rejects(read({ families: ['sleep', family] }), { code });
      assert.deepEqual(cloud.control.requests(), []);
    });
  }

  it('waits for what is under way and asks once more: the answer may be older than the order', async () => {
    const before = rig.requestsTo('sleep').length;
    await Promise.all([read({ families: ['sleep'] }), read({ families: ['sleep'] })]);
    assert.equal(rig.requestsTo('sleep').length, before + 2);
  });

  it('ends at once when it is stopped, also while a family hangs, and leaves the engine at work', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/sleep' }, hang: true });
    const stop = new AbortController();
    const hanging = read({ families: ['sleep'] }, stop.signal);
    const queued = read({ families: ['sleep'] }, stop.signal);
    await rig.until('the request', () => engine.family('sleep').inFlight);
    stop.abort(new DOMException('enough', 'AbortError'));
    await assert.rejects(hanging, { name: 'AbortError' });
    await assert.rejects(queued, { name: 'AbortError' });
    assert.equal(engine.family('sleep').failures, 0);
    cloud.control.clearFaults();
    cloud.control.put('sleep', night('2026-03-15').body);
    await rig.passing('the night', MINUTE, () => engine.family('sleep').newestDay === '2026-03-15');
  });

  it('ends at once when it is stopped while it waits for a poll that hangs', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/sleep' }, hang: true });
    await rig.passing('the poll', MINUTE, () => engine.family('sleep').inFlight);
    const stop = new AbortController();
    const waiting = read({ families: ['sleep'] }, stop.signal);
    stop.abort(new DOMException('enough', 'AbortError'));
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.equal(engine.family('sleep').inFlight, true); // the poll is not the person's to stop
  });

  it('ends when the account stops, and writes nothing afterwards', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/sleep' }, hang: true });
    const hanging = read({ families: ['sleep'] });
    const queued = read({ families: ['sleep'] });
    await rig.until('the request', () => engine.family('sleep').inFlight);
    const outcomes = Promise.allSettled([hanging, queued]);
    await rig.stop();
    const reasons = (await outcomes).map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as Error).name : 'fulfilled'));
    assert.deepEqual(reasons, ['AbortError', 'AbortError']);
    assert.deepEqual(
      rig.log.filter((line) => line.startsWith('error')),
      [],
    );
  });

  it('LESSON: late uploads: after months without Node-RED the rows of all days between are read', async () => {
    await rig.stop();
    cloud.control.advance(100 * 86_400_000);
    for (const day of ['2026-03-20', '2026-05-01', '2026-06-20']) {
      cloud.control.put('heartrate', heartRate(`${day}T08:00:00.000Z`, 55).body);
    }
    const again = new AccountRig(cloud.server, rig.folder);
    const second = again.acquire({ timezone: 'UTC', historyDays: 60 });
    await again.until('the rows', () => second.session.host?.keeper.current.series.range('heartrate', 0, Infinity).length === 4);
    await again.stop();
  });
});
