import assert from 'node:assert/strict';
import { OuraError } from '../../lib/errors/oura-error';
import type { Lease } from '../../lib/runtime';
import { statusOfEvent, statusReport, type StatusChoice, type Wording } from '../../lib/sources/status-report';
import type { EngineEvent } from '../../lib/sync/engine-events';
import type { Problem } from '../../lib/sync/problem-list';
import { AccountRig } from '../support/account-rig';
import { dailySleep, heartRate, night } from '../support/days';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud, TOKEN } from '../simulator/server/support/test-cloud';

const NOW = '2026-03-15T09:00:00Z';
const MINUTE = 60_000;
const WORDING: Wording = {
  text: ({ code, params }) => `text of ${code} ${JSON.stringify(params)}`,
  remedy: ({ code, params }) => `remedy of ${code} ${JSON.stringify(params)}`,
};
const ALL: StatusChoice = { syncs: true, states: true, problems: true };
const NONE: StatusChoice = { syncs: false, states: false, problems: false };

/** Values that occur nowhere else, so that each is found wherever it leaks to. */
const SECRETS = ['918273', '827364', '736455', 'person@example.com', '74.8', 'n0-0ne-reads-this', TOKEN] as const;

interface FamilyReport {
  readonly family: string;
  readonly newestDay: string | null;
  readonly newestAt: string | null;
  readonly fetchedAt: string | null;
  readonly nextAt: string | null;
  readonly reason: string | null;
  readonly error: string | null;
  readonly historyFrom: string | null;
}
interface Report {
  readonly state: { readonly kind: string };
  readonly problems: readonly { readonly code: string; readonly family?: string; readonly text: string; readonly remedy: string }[];
  readonly families: readonly FamilyReport[];
  readonly [more: string]: unknown;
}

describe('the status report of an account', () => {
  let cloud: TestCloud;
  let rig: AccountRig;

  beforeEach(async () => {
    const documents = [
      dailySleep('2026-03-14', 918_273),
      night('2026-03-15', { average_hrv: 827_364 }),
      heartRate('2026-03-15T08:00:00.000Z', 736_455),
    ];
    cloud = await TestCloud.start([new HandPerson(documents, { zone: 'UTC' })], NOW);
    rig = new AccountRig(cloud.server);
  });
  afterEach(() => rig.clear());

  const reportOf = (lease: Lease): Report => statusReport(lease.session, WORDING) as unknown as Report; // written out above
  const familyOf = (lease: Lease, key: string): FamilyReport =>
    reportOf(lease).families.find(({ family }) => family === key) ?? assert.fail(`no family ${key}`);

  it('is there before Oura has answered: everything is pending, what is switched off is disabled', async () => {
    cloud.control.fail({ hang: true });
    const lease = rig.acquire({ timezone: 'UTC', families: { tag: [] } });
    assert.deepEqual([familyOf(lease, 'sleep').reason, familyOf(lease, 'tag').reason], ['pending', 'disabled']);
    await rig.until('a connection', () => lease.session.connection);
    const report = reportOf(lease);
    assert.deepEqual([report['event'], report.state.kind, report['mode'], report['storage']], ['report', 'starting', 'token', null]);
    assert.equal(report.families.length, 19);
    for (const { family, reason } of report.families) assert.equal(reason, family === 'tag' ? 'disabled' : 'pending');
    cloud.control.clearFaults();
  });

  it('says of each family what is there, when it was read, and when it is next', async () => {
    const lease = rig.acquire({ timezone: 'UTC' });
    await rig.loaded(lease);
    const report = reportOf(lease);
    assert.deepEqual([report.state.kind, report.problems, report['storage'], report['sharedWith']], ['connected', [], 'disk', null]);
    const nextAt = new Date(lease.session.host?.engine?.nextAt ?? NaN).toISOString();
    assert.equal(report['nextAt'], nextAt);
    assert.ok(nextAt > NOW && nextAt < '2026-03-15T09:30:00.000Z', nextAt);
    assert.deepEqual(familyOf(lease, 'sleep'), {
      family: 'sleep',
      newestDay: '2026-03-15',
      newestAt: null,
      fetchedAt: '2026-03-15T09:00:00.000Z',
      nextAt,
      reason: null,
      error: null,
      historyFrom: '2026-02-14', // 30 days, today included
    });
    assert.equal(familyOf(lease, 'heartrate').newestAt, '2026-03-15T08:00:00.000Z');
    assert.deepEqual([familyOf(lease, 'personal_info').newestDay, familyOf(lease, 'personal_info').reason], [null, null]);
  });

  it('says why a family has nothing new: not synced, no data, no permission, or an error', async () => {
    cloud.control.setScopes(TOKEN, ['personal', 'daily', 'heartrate', 'tag', 'session', 'spo2']);
    cloud.control.fail({ match: { path: '/v2/usercollection/session' }, status: 500 });
    const lease = rig.acquire({ timezone: 'UTC', families: { tag: [] } });
    await rig.passing('the failure', MINUTE, () => familyOf(lease, 'session').reason === 'error');
    await rig.passing('the refusal', MINUTE, () => familyOf(lease, 'workout').reason === 'no_scope');
    const reason = (key: string): unknown => [familyOf(lease, key).reason, familyOf(lease, key).error];
    assert.deepEqual(reason('daily_sleep'), ['not_synced', null]);
    assert.deepEqual(reason('daily_spo2'), ['no_data', null]);
    assert.deepEqual(reason('tag'), ['disabled', null]);
    assert.equal(familyOf(lease, 'tag').nextAt, null);
    assert.deepEqual(reason('session'), ['error', 'server_failed']);
    const { problems } = reportOf(lease);
    assert.ok(problems.some(({ code, family }) => code === 'server_failed' && family === 'session'));
    const missing = problems.find(({ family }) => family === 'workout');
    assert.equal(missing?.text, 'text of scope_missing {"scope":"workout"}');
    assert.equal(missing.remedy, 'remedy of scope_missing {"scope":"workout"}');
  });

  it('says whose sign-in is used when two accounts share a person', async () => {
    const first = rig.acquire({ id: 'a' });
    await rig.loaded(first);
    const second = rig.acquire({ id: 'b' });
    await rig.until('the second to join', () => second.session.host);
    assert.deepEqual([reportOf(first)['sharedWith'], reportOf(second)['sharedWith']], [null, 'a']);
  });

  it('LESSON: no health value, token or address of a person in the report, the events or the log', async () => {
    const lease = rig.acquire({ timezone: 'UTC' });
    await rig.loaded(lease);
    const broken = { id: 'broken', day: 'n0-0ne-reads-this', score: 918_273, contributors: {}, timestamp: NOW };
    cloud.control.fail({ match: { path: '/v2/usercollection/daily_sleep' }, body: { data: [broken], next_token: null } });
    await rig.passing('the problem', 15 * MINUTE, () => rig.events.some(({ type }) => type === 'problem'));
    cloud.control.revokeToken(TOKEN);
    await rig.passing('the refusal', MINUTE, () => lease.session.state.kind === 'sign_in');
    assert.equal(lease.session.host?.keeper.current.documents.newest('daily_sleep')?.body['score'], 918_273);
    const events = rig.events.map((event) => statusOfEvent(event, ALL, WORDING, lease.session.problems));
    const said = [JSON.stringify(reportOf(lease)), JSON.stringify(events), ...rig.log].join('\n');
    for (const secret of SECRETS) assert.ok(!said.includes(secret), secret);
  });
});

describe('a message of the status node', () => {
  const outcome = {
    created: 1,
    updated: 0,
    deleted: 0,
    rows: 0,
    setAside: [],
    hints: [],
    changedDay: null,
    newestDay: '2026-03-15',
    newestAt: null,
  };
  const synced: EngineEvent = { type: 'synced', endpoint: 'sleep', fetch: 'recent', outcome };
  const problem: EngineEvent = { type: 'problem', error: new OuraError('timed_out'), endpoint: 'sleep' };

  it('tells of a sync that brought something, but not of history nor of nothing', () => {
    const changes = { created: 1, updated: 0, deleted: 0, rows: 0 };
    assert.deepEqual(statusOfEvent(synced, ALL, WORDING, []), { event: 'sync', family: 'sleep', fetch: 'recent', changes });
    assert.equal(statusOfEvent({ ...synced, fetch: 'history' }, ALL, WORDING, []), null);
    assert.equal(statusOfEvent({ ...synced, outcome: { ...outcome, created: 0 } }, ALL, WORDING, []), null);
    assert.notEqual(statusOfEvent({ ...synced, outcome: { ...outcome, created: 0, rows: 1 } }, ALL, WORDING, []), null);
  });

  it('tells of a problem with what to do, and when it is solved', () => {
    const words = { text: 'text of timed_out {}', remedy: 'remedy of timed_out {}' };
    assert.deepEqual(statusOfEvent(problem, ALL, WORDING, []), { event: 'problem', code: 'timed_out', ...words, family: 'sleep' });
    assert.deepEqual(statusOfEvent({ ...problem, endpoint: null }, ALL, WORDING, []), { event: 'problem', code: 'timed_out', ...words });
    const solved = { type: 'solved', code: 'timed_out', endpoint: null } as const;
    assert.deepEqual(statusOfEvent(solved, ALL, WORDING, []), { event: 'solved', code: 'timed_out' });
    assert.deepEqual(statusOfEvent({ ...solved, endpoint: 'tag' }, ALL, WORDING, []), {
      event: 'solved',
      code: 'timed_out',
      family: 'tag',
    });
  });

  it('tells of a state with the code and remedy of what stands behind it', () => {
    const stands = (...errors: readonly OuraError[]): readonly Problem[] => errors.map((error) => ({ error, endpoint: null }));
    const everything = stands(
      new OuraError('scope_missing', { scope: 'tag' }),
      new OuraError('grant_ended'),
      new OuraError('membership_lapsed'),
      new OuraError('person_changed'),
      new OuraError('rate_limited', { seconds: 9 }),
      new OuraError('timed_out', { seconds: 30, path: '/x' }),
    );
    for (const [state, code] of [
      [{ kind: 'sign_in' }, 'grant_ended'],
      [{ kind: 'membership' }, 'membership_lapsed'],
      [{ kind: 'refused' }, 'person_changed'],
      [{ kind: 'waiting', until: 1 }, 'rate_limited'],
      [{ kind: 'offline', since: 1 }, 'timed_out'],
      [{ kind: 'connected' }, undefined],
      [{ kind: 'syncing', percent: 1 }, undefined],
      [{ kind: 'starting' }, undefined],
    ] as const) {
      const told = statusOfEvent({ type: 'state', state }, ALL, WORDING, everything);
      assert.deepEqual([told?.['event'], told?.['state'], told?.['code']], ['state', state, code]);
      if (code !== undefined)
        assert.match(`${String(told?.['text'])} ${String(told?.['remedy'])}`, new RegExp(`text of ${code} .*remedy of ${code}`));
      assert.equal('code' in (statusOfEvent({ type: 'state', state }, ALL, WORDING, []) ?? {}), false);
    }
    const offline: EngineEvent = { type: 'state', state: { kind: 'offline', since: 1 } };
    assert.equal(statusOfEvent(offline, ALL, WORDING, stands(new OuraError('rate_limited', { seconds: 9 })))?.['code'], 'rate_limited');
  });

  it('tells only what was chosen', () => {
    const state: EngineEvent = { type: 'state', state: { kind: 'connected' } };
    assert.deepEqual(statusOfEvent(state, ALL, WORDING, []), { event: 'state', state: { kind: 'connected' } });
    const solved: EngineEvent = { type: 'solved', code: 'timed_out', endpoint: null };
    for (const event of [synced, problem, state, solved]) assert.equal(statusOfEvent(event, NONE, WORDING, []), null);
  });
});
