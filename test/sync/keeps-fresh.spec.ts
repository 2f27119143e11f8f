import assert from 'node:assert/strict';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../lib/catalogue/endpoints';
import type { Lease } from '../../lib/runtime';
import type { PersonEngine } from '../../lib/sync/person-engine';
import { AccountRig } from '../support/account-rig';
import { dailyActivity, dailySleep, heartRate, night } from '../support/days';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud, TOKEN } from '../simulator/server/support/test-cloud';

const MINUTE = 60_000;

describe('an account that has loaded everything', () => {
  let cloud: TestCloud;
  let rig: AccountRig;
  let lease: Lease;
  let engine: PersonEngine;

  beforeEach(async () => {
    const documents = [
      dailySleep('2026-03-13', 71),
      dailySleep('2026-03-14', 72),
      night('2026-03-14'),
      dailyActivity('2026-03-14', 5000),
      heartRate('2026-03-15T08:00:00.000Z', 61),
    ];
    cloud = await TestCloud.start([new HandPerson(documents, { zone: 'UTC' })], '2026-03-15T09:00:00Z');
    rig = new AccountRig(cloud.server);
    lease = rig.acquire({ timezone: 'UTC' });
    engine = await rig.loaded(lease);
  });
  afterEach(() => rig.clear());

  const changes = () => lease.session.host?.keeper.current.changes.read({ after: 0, limit: 1000, historic: false }) ?? [];
  const score = () => lease.session.host?.keeper.current.documents.newest('daily_sleep')?.body['score'];

  it('sees a new night and what follows from it soon after the ring has synced, as created by a poll', async () => {
    cloud.control.put('sleep', night('2026-03-15').body);
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
    await rig.worn('the new score', MINUTE, () => score() === 85);
    assert.deepEqual(
      changes()
        .filter(({ endpoint }) => endpoint !== 'daily_activity')
        .map(({ endpoint, kind, via, day }) => [endpoint, kind, via, day]),
      [
        ['sleep', 'created', 'poll', '2026-03-15'],
        ['daily_sleep', 'created', 'poll', '2026-03-15'],
      ],
    );
    assert.ok(cloud.control.now - Date.parse('2026-03-15T09:00:00Z') <= 62 * MINUTE);
  });

  it('looks for a night that is missing even if nothing tells of a sync', async () => {
    cloud.control.put('sleep', night('2026-03-15').body);
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
    await rig.passing('the new score', MINUTE, () => score() === 85);
    assert.ok(cloud.control.now - Date.parse('2026-03-15T09:00:00Z') <= 4 * 60 * MINUTE);
  });

  it('compares two weeks once a day: what was amended or deleted without a sync is found the next day', async () => {
    cloud.control.put('daily_sleep', dailySleep('2026-03-13', 44).body);
    cloud.control.remove('daily_sleep', 'ds-2026-03-14');
    await rig.passing('both', 5 * MINUTE, () => changes().length === 2);
    assert.deepEqual(
      changes().map(({ kind, via, day }) => [kind, via, day]),
      [
        ['updated', 'reconcile', '2026-03-13'],
        ['deleted', 'reconcile', '2026-03-14'],
      ],
    );
  });

  it('sees an amended document as an update that knows what was there before', async () => {
    cloud.control.put('daily_sleep', dailySleep('2026-03-14', 90).body);
    cloud.control.put('sleep', night('2026-03-14', { latency: 60 }).body);
    const amended = () => changes().find(({ endpoint }) => endpoint === 'daily_sleep');
    await rig.worn('the amended score', MINUTE, amended);
    const change = amended();
    assert.equal(change?.kind, 'updated');
    assert.equal(change.previous?.['score'], 72);
    assert.equal(change.body?.['score'], 90);
  });

  it('sees new heart-rate rows, each once', async () => {
    cloud.control.put('heartrate', heartRate('2026-03-15T09:05:00.000Z', 64).body);
    const told = () => changes().filter(({ endpoint }) => endpoint === 'heartrate');
    await rig.worn('the row', MINUTE, () => told().length > 0);
    await rig.worn('another poll', MINUTE, () => rig.requestsTo('heartrate').length >= 5);
    assert.equal(told().length, 1);
    assert.equal(lease.session.host?.keeper.current.series.newest('heartrate')?.body['bpm'], 64);
  });

  it('LESSON: absence alone deletes nothing: a document that is missing from an answer stays', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/daily_sleep' }, body: { data: [], next_token: null } });
    const before = rig.requestsTo('daily_sleep').length;
    await rig.passing('two days', 10 * MINUTE, () => rig.requestsTo('daily_sleep').length >= before + 2);
    assert.equal(score(), 72);
  });

  it('LESSON: every call fails with 500 or 429 after a good poll: last good values stay', async () => {
    for (const [status, state] of [
      [500, 'offline'],
      [429, 'waiting'],
    ] as const) {
      cloud.control.clearFaults();
      cloud.control.fail({ status, headers: { 'retry-after': '120' } });
      await rig.passing(`the state ${state}`, MINUTE, () => engine.state.kind === state);
      assert.equal(score(), 72);
      assert.equal(engine.family('daily_sleep').newestDay, '2026-03-14');
    }
    cloud.control.clearFaults();
    await rig.passing('the end of the outage', 5 * MINUTE, () => engine.state.kind === 'connected' && engine.problems.length === 0);
  });

  const answered = (since: number): readonly EndpointKey[] =>
    ENDPOINT_KEYS.filter((key) => (engine.family(key).lastSuccessAt ?? 0) >= since);
  /** Oura is away for thirty hours, in which every family is to be read. @returns when it is back */
  async function outage(): Promise<number> {
    const start = cloud.control.now;
    cloud.control.fail({ status: 503 });
    await rig.passing('thirty hours', 10 * MINUTE, () => cloud.control.now > start + 1800 * MINUTE);
    cloud.control.clearFaults();
    return cloud.control.now;
  }

  it('reads everything once as soon as Oura answers again after hours, and nobody rests for what failed meanwhile', async () => {
    cloud.control.put('daily_sleep', dailySleep('2026-03-13', 44).body); // nothing else tells of it
    const end = await outage();
    const before = cloud.control.requests().length;
    await rig.passing('an answer', MINUTE, () => answered(end).length > 0);
    const first = cloud.control.now;
    assert.ok(first - end <= 31 * MINUTE, `${String((first - end) / MINUTE)} min`);
    await rig.passing('all answers', MINUTE, () => answered(end).length === ENDPOINT_KEYS.length && engine.problems.length === 0);
    assert.equal(cloud.control.now, first);
    assert.ok(changes().some(({ endpoint, kind }) => endpoint === 'daily_sleep' && kind === 'updated'));
    assert.ok(cloud.control.requests().length - before <= 40, String(cloud.control.requests().length - before));
  });

  it('is not kept from that by families that still fail, and does not ask these without end', async () => {
    const end = await outage();
    const broken = ENDPOINT_KEYS.filter((key) => key === 'personal_info' || endpointOf(key).freshness === 'app');
    assert.ok(broken.length >= 8);
    for (const endpoint of broken) cloud.control.fail({ match: { path: `/v2/usercollection/${endpoint}` }, status: 500 });
    await rig.passing('the others', MINUTE, () => answered(end).length === ENDPOINT_KEYS.length - broken.length);
    assert.ok(cloud.control.now - end <= 33 * MINUTE, `${String((cloud.control.now - end) / MINUTE)} min`);
    const [then, before] = [cloud.control.now, broken.flatMap((key) => rig.requestsTo(key)).length];
    await rig.worn('two hours', MINUTE, () => cloud.control.now > then + 120 * MINUTE);
    const asked = broken.flatMap((key) => rig.requestsTo(key)).length - before;
    assert.ok(asked <= broken.length * 3 * 10, String(asked)); // each some nine times, with two more tries of the client
    assert.ok(answered(then).includes('daily_activity'));
  });

  it('LESSON: one family fails: the others update, this one keeps its value and says why', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/daily_sleep' }, status: 500 });
    cloud.control.put('sleep', night('2026-03-15').body);
    await rig.worn('the night', MINUTE, () => lease.session.host?.keeper.current.documents.newest('sleep')?.day === '2026-03-15');
    await rig.worn('a problem', MINUTE, () => engine.problems.length > 0);
    assert.deepEqual(
      engine.problems.map(({ error, endpoint }) => [error.code, endpoint]),
      [['server_failed', 'daily_sleep']],
    );
    assert.equal(score(), 72);
    assert.equal(engine.family('daily_sleep').errorCode, 'server_failed');
  });

  it('LESSON: one endpoint hangs: the other families do not wait for it', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/sleep' }, hang: true });
    cloud.control.put('daily_stress', { id: 'stress', day: '2026-03-15', day_summary: null, stress_high: 60, recovery_high: 0 });
    await rig.worn('the stress', MINUTE, () => lease.session.host?.keeper.current.documents.newest('daily_stress')?.day === '2026-03-15');
    assert.equal(engine.family('sleep').inFlight, true);
  });

  it('LESSON: 401 that means a missing scope switches that family off and says which', async () => {
    cloud.control.setScopes(TOKEN, ['personal', 'daily', 'heartrate']);
    cloud.control.put('sleep', night('2026-03-15').body);
    await rig.worn('the refusals', MINUTE, () => engine.family('daily_spo2').blocked === 'no_scope');
    const before = rig.requestsTo('daily_spo2').length;
    await rig.passing('an hour', 5 * MINUTE, () => cloud.control.now > Date.parse('2026-03-15T10:30:00Z'));
    assert.equal(rig.requestsTo('daily_spo2').length, before);
    const problem = engine.problems.find(({ endpoint }) => endpoint === 'daily_spo2');
    assert.deepEqual([problem?.error.code, problem?.error.params], ['scope_missing', { scope: 'spo2' }]);
    assert.equal(engine.family('daily_sleep').blocked, null);
  });

  it('LESSON: 403 says that the membership lapsed, and slows down', async () => {
    cloud.control.lapseMembership();
    await rig.passing('the state', MINUTE, () => engine.state.kind === 'membership');
    await rig.worn('all families refused', 10 * MINUTE, () => engine.family('ring_battery_level').blocked === 'no_membership');
    const before = cloud.control.requests().length;
    await rig.passing('an hour', 5 * MINUTE, () => cloud.control.now > Date.parse('2026-03-15T11:00:00Z'));
    assert.ok(cloud.control.requests().length - before <= 5);
    assert.equal(score(), 72);
  });

  it('LESSON: 429 stops everything until Retry-After, and nothing is lost', async () => {
    cloud.control.fail({ status: 429, headers: { 'retry-after': '600' }, times: 1 });
    cloud.control.put('sleep', night('2026-03-15').body);
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
    await rig.passing('the limit', MINUTE, () => engine.state.kind === 'waiting');
    const at = cloud.control.now;
    const before = cloud.control.requests().length;
    await rig.passing('nine minutes', MINUTE, () => cloud.control.now >= at + 8 * MINUTE);
    assert.ok(cloud.control.requests().length - before <= 6); // what was under way when the limit came
    await rig.worn('the new score', MINUTE, () => score() === 85);
  });

  it('LESSON: a token that Oura refuses asks for a new sign-in once and does not loop', async () => {
    cloud.control.revokeToken(TOKEN);
    await rig.passing('the state', MINUTE, () => engine.state.kind === 'sign_in');
    const before = cloud.control.requests().length;
    await rig.passing('an hour', 5 * MINUTE, () => cloud.control.now > Date.parse('2026-03-15T10:30:00Z'));
    assert.ok(cloud.control.requests().length - before <= 19);
    assert.equal(rig.events.filter((event) => event.type === 'problem' && event.error.code === 'not_authorised').length, 1);
    assert.equal(score(), 72);
  });

  it('survives a clock that jumps back and forth', async () => {
    cloud.control.advance(-3 * 3_600_000);
    await rig.until('a rest', () => !engine.family('daily_sleep').inFlight);
    cloud.control.advance(26 * 3_600_000);
    cloud.control.put('sleep', night('2026-03-16').body);
    cloud.control.put('daily_sleep', dailySleep('2026-03-16', 77).body);
    await rig.worn('the score of the next day', MINUTE, () => score() === 77);
    assert.equal(rig.log.filter((line) => line.startsWith('error')).length, 0);
  });

  it('does not ask without end when the clock was ahead at the start and is set back', async () => {
    await rig.stop();
    cloud.control.advance(5 * 3_600_000);
    const second = new AccountRig(cloud.server, rig.folder);
    await second.loaded(second.acquire({ timezone: 'UTC' }));
    cloud.control.advance(-3_600_000);
    const before = cloud.control.requests().length;
    const end = cloud.control.now + 30 * MINUTE;
    await second.passing('half an hour', 15_000, () => cloud.control.now >= end);
    assert.ok(cloud.control.requests().length - before <= 60, String(cloud.control.requests().length - before));
    await second.stop();
  });

  it('LESSON: late uploads: after days of silence the days between are found', async () => {
    lease.release();
    lease = rig.acquire({ timezone: 'UTC', interval: 360 });
    engine = await rig.loaded(lease);
    await rig.passing('five silent days', 3 * 60 * MINUTE, () => cloud.control.now > Date.parse('2026-03-20T12:00:00Z'));
    for (const day of ['2026-03-15', '2026-03-16', '2026-03-17', '2026-03-18', '2026-03-19', '2026-03-20']) {
      cloud.control.put('daily_sleep', dailySleep(day, 60).body);
      cloud.control.put('heartrate', heartRate(`${day}T08:30:00.000Z`, 55).body);
    }
    await rig.passing('the days', 10 * MINUTE, () => changes().filter(({ endpoint }) => endpoint === 'daily_sleep').length === 6);
    await rig.passing(
      'the rows',
      10 * MINUTE,
      () => (lease.session.host?.keeper.current.series.range('heartrate', 0, cloud.control.now).length ?? 0) === 7,
    );
  });

  it('stops asking when the budget of the day is spent, and goes on the next day', async () => {
    await rig.stop();
    const small = new AccountRig(cloud.server, rig.folder);
    const second = small.acquire({ timezone: 'UTC', dailyBudget: 40 });
    await small.passing('the end of the budget', 15 * MINUTE, () => second.session.state.kind === 'waiting');
    const before = cloud.control.requests().length;
    await small.passing('the evening', 15 * MINUTE, () => cloud.control.now > Date.parse('2026-03-15T23:50:00Z'));
    assert.equal(cloud.control.requests().length, before);
    await small.passing('the next day', 15 * MINUTE, () => cloud.control.requests().length > before);
    await small.stop();
  });
});
