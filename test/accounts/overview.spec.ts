import assert from 'node:assert/strict';
import { overviewOf } from '../../lib/accounts/overview';
import { OuraError } from '../../lib/errors/oura-error';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud, TOKEN } from '../simulator/server/support/test-cloud';
import { AccountRig } from '../support/account-rig';
import { dailySleep, heartRate, night } from '../support/days';
import { facts } from './support/facts';
import { webhookStatus } from './support/webhook-status';

const NOW = '2026-03-15T09:00:00Z';
const MINUTE = 60_000;

describe('the overview of an account', () => {
  let cloud: TestCloud;
  let rig: AccountRig;

  beforeEach(async () => {
    const documents = [dailySleep('2026-03-15', 918_273), night('2026-03-14'), heartRate('2026-03-15T08:00:00.000Z', 736_455)];
    cloud = await TestCloud.start([new HandPerson(documents, { zone: 'UTC' })], NOW);
    rig = new AccountRig(cloud.server);
  });
  afterEach(() => rig.clear());

  it('says how its webhooks stand, and what is wrong with them, without their address', () => {
    const problem = new OuraError('unreachable', { host: 'ring.example.org', reason: 'ECONNREFUSED' });
    const status = webhookStatus({ state: 'silent', problem, lastEventAt: Date.parse('2026-03-15T06:41:00Z'), waiting: 2 });
    assert.deepEqual(overviewOf(null, facts({ webhooks: status })).webhooks, {
      state: 'silent',
      problem: { code: 'unreachable', params: problem.params },
      lastEventAt: '2026-03-15T06:41:00.000Z',
      waiting: 2,
    });
  });

  it('says of one that is not deployed that it is not', () => {
    const overview = overviewOf(null, facts({ signedIn: false, slug: 'ann' }));
    assert.deepEqual([overview.deployed, overview.signedIn, overview.slug, overview.requests], [false, false, 'ann', null]);
    assert.deepEqual([overview.families, overview.problems], [[], []]);
  });

  it('says who it is, how it is, what was asked of Oura and how fresh each family is', async () => {
    const lease = rig.acquire({ timezone: 'UTC', families: { tag: [] } });
    await rig.loaded(lease);
    const { families, requests, ...overview } = overviewOf(
      lease.session,
      facts({ scopes: ['daily'], debugUntil: Date.parse('2026-03-15T10:00:00Z') }),
    );
    assert.deepEqual(overview, {
      deployed: true,
      at: '2026-03-15T09:00:00.000Z',
      mode: 'token',
      slug: 'ann',
      person: lease.session.host?.personId,
      state: { kind: 'connected' },
      problems: [],
      sharedWith: null,
      storage: 'disk',
      nextAt: new Date(lease.session.host?.engine?.nextAt ?? NaN).toISOString(),
      scopes: ['daily'],
      signedIn: true,
      debugUntil: '2026-03-15T10:00:00.000Z',
      webhooks: null,
    });
    const sent = rig.server.control.requests().length;
    assert.deepEqual([requests?.day, requests?.used, requests?.limit], ['2026-03-15', sent, 5000]);
    assert.deepEqual(
      requests?.byHour,
      Array.from({ length: 24 }, (_, hour) => (hour === 9 ? sent : 0)),
    );
    assert.equal(families.length, 19);
    const of = (key: string): unknown => families.find(({ family }) => family === key);
    const fresh = {
      fetchedAt: '2026-03-15T09:00:00.000Z',
      nextAt: new Date(lease.session.host?.engine?.nextAt ?? NaN).toISOString(),
      error: null,
    };
    assert.deepEqual(of('daily_sleep'), { family: 'daily_sleep', newestDay: '2026-03-15', reason: null, ...fresh });
    assert.deepEqual(of('sleep'), { family: 'sleep', newestDay: '2026-03-14', reason: 'not_synced', ...fresh });
    assert.deepEqual(of('tag'), { family: 'tag', newestDay: null, fetchedAt: null, nextAt: null, reason: 'disabled', error: null });
  });

  it('names the family of a problem and the code of what failed', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/session' }, status: 400 });
    const lease = rig.acquire({ timezone: 'UTC' });
    await rig.passing('the failure', MINUTE, () => lease.session.problems.length > 0);
    const { problems, families } = overviewOf(lease.session, facts());
    assert.deepEqual(problems, [
      { code: 'request_refused', params: { path: '/v2/usercollection/session', status: 400 }, family: 'session' },
    ]);
    const { reason, error } = families.find(({ family }) => family === 'session') ?? assert.fail();
    assert.deepEqual([reason, error], ['error', 'request_refused']);
  });

  it('names the account whose sign-in is used when two share a person', async () => {
    const first = rig.acquire({ id: 'a' });
    await rig.loaded(first);
    const second = rig.acquire({ id: 'b' });
    await rig.until('the second to join', () => second.session.host);
    assert.equal(overviewOf(first.session, facts()).sharedWith, null);
    assert.equal(overviewOf(second.session, facts()).sharedWith, 'name of a');
  });

  it('holds no health value, token or address', async () => {
    const lease = rig.acquire({ timezone: 'UTC' });
    await rig.loaded(lease);
    const said = JSON.stringify(overviewOf(lease.session, facts()));
    for (const secret of ['918273', '736455', 'person@example.com', '74.8', TOKEN, rig.server.url])
      assert.ok(!said.includes(secret), secret);
  });
});
