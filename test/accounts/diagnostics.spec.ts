import assert from 'node:assert/strict';
import { diagnosticsOf } from '../../lib/accounts/diagnostics';
import { ProblemHistory } from '../../lib/accounts/problem-history';
import { OuraError } from '../../lib/errors/oura-error';
import type { Lease } from '../../lib/runtime';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { AccountRig } from '../support/account-rig';
import { dailySleep, heartRate, night } from '../support/days';
import { facts } from './support/facts';
import { webhookStatus } from './support/webhook-status';

const NOW = '2026-03-15T09:00:00Z';
const MINUTE = 60_000;

/** Values that occur nowhere else, so that each is found wherever it leaks to. */
const TOKEN = 'SENTINEL-token-8f1c';
const TEXT = 'SENTINEL-health-text';
const NUMBER = 73.8642975;
const SECRETS = ['SENTINEL', 'sentinel', String(NUMBER), 'person@example.com', '74.8', '127.0.0.1'];
const CREDENTIALS = { accessToken: TOKEN, clientId: 'SENTINEL-client', clientSecret: 'SENTINEL-secret' };
const PROPERTIES = {
  name: 'SENTINEL name',
  slug: 'sentinel_slug',
  timezone: 'UTC',
  redirectUri: 'https://SENTINEL.example/oura/oauth/callback',
  tokenUrl: 'https://SENTINEL.example/token',
  scopes: 'daily SENTINEL_scope',
  families: { tag: [], sleep: ['store'] },
  retentionDays: { heartrate: 90 },
  dailyBudget: 4000,
};

interface Family {
  readonly family: string;
  readonly [key: string]: unknown;
}
interface Diagnostics {
  readonly families: readonly Family[];
  readonly pastProblems: readonly unknown[];
  readonly account: { readonly config: Readonly<Record<string, unknown>>; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

describe('the diagnostics of an account', () => {
  let cloud: TestCloud;
  let rig: AccountRig;
  let lease: Lease;
  let history: ProblemHistory;

  beforeEach(async () => {
    const documents = [
      dailySleep('2026-03-14', NUMBER, { contributors: { deep_sleep: NUMBER } }),
      night('2026-03-14', { average_hrv: NUMBER, type: TEXT }),
      heartRate('2026-03-15T08:00:00.000Z', NUMBER),
    ];
    const tokens = { [TOKEN]: { person: 0 } };
    cloud = await TestCloud.start([new HandPerson(documents, { zone: 'UTC' })], NOW, { tokens });
    rig = new AccountRig(cloud.server);
    lease = rig.acquire(PROPERTIES, CREDENTIALS);
    history = new ProblemHistory(rig.server.clock);
    history.watch(lease.session.events);
  });
  afterEach(() => rig.clear());

  const diagnostics = (): Diagnostics => {
    const place = { version: '0.1.0', nodeRed: '5.0.7', now: Date.parse(NOW) };
    const sharedWith = ['SENTINEL other'];
    const callbackUrl = 'https://SENTINEL.example/oura/webhook/SENTINEL-key';
    const problem = new OuraError('unreachable', { host: 'SENTINEL.example', reason: 'ECONNREFUSED' });
    const webhooks = webhookStatus({
      callbackUrl,
      problem,
      lastEventAt: Date.parse(NOW),
      lastByType: { sleep: { create: Date.parse(NOW) } },
    });
    const known = facts({
      slug: lease.slug,
      scopes: ['daily'],
      past: history.list(),
      sharedWith,
      nameOf: () => 'SENTINEL other',
      webhooks,
    });
    return diagnosticsOf(lease.session, known, place) as unknown as Diagnostics; // written out above
  };
  const familyOf = (key: string): Family => diagnostics().families.find(({ family }) => family === key) ?? assert.fail(key);

  it('tell versions, choices, permissions, requests, store and what is known of each family', async () => {
    await rig.loaded(lease);
    const { versions, account, requests, store, zone, state, machine } = diagnostics();
    assert.deepEqual(versions, { package: '0.1.0', nodeRed: '5.0.7' });
    assert.equal((machine as { node: string }).node, process.version);
    assert.deepEqual([account['person'], account['scopes'], account['leads']], [lease.session.host?.personId, ['daily'], true]);
    const { families, scopesAsked, addresses, set, retentionDays, ...config } = account.config;
    assert.deepEqual(config, {
      mode: 'token',
      storage: 'disk',
      onRemove: 'keep',
      dailyBudget: 4000,
      intervalMinutes: 15,
      historyDays: 30,
      zone: 'UTC',
    });
    const { tag, sleep, session } = families as Record<string, unknown>;
    assert.deepEqual([tag, sleep, session, retentionDays, scopesAsked], [[], ['store'], null, { heartrate: 90 }, ['daily']]);
    assert.deepEqual(addresses, { api: 'other', authorize: 'oura', token: 'other' });
    assert.deepEqual(set, { redirectUri: true, webhookUrl: false, clientId: true, clientSecret: true, accessToken: true });
    assert.deepEqual([zone, state], ['UTC', { kind: 'connected' }]);
    const sent = rig.server.control.requests().length;
    const { used, byEndpoint, byHour } = requests as { used: number; byEndpoint: Record<string, number>; byHour: number[] };
    assert.deepEqual([used, byHour[9], byEndpoint['sleep']], [sent, sent, rig.requestsTo('sleep').length]);
    const { kind, schema, documents, rows, setAside, sizeBytes } = store as Record<string, unknown>;
    assert.deepEqual([kind, schema, documents, rows, setAside], ['disk', 3, 3, 1, 0]); // two, and the personal info
    assert.ok(Number(sizeBytes) > 4096);
    const of = familyOf('daily_sleep');
    assert.deepEqual(
      [of['newestDay'], of['documents'], of['failures'], of['blocked'], of['fetchedAt']],
      ['2026-03-14', 1, 0, null, '2026-03-15T09:00:00.000Z'],
    );
  });

  it('tell how webhooks stand, and of their address only what kind it is', () => {
    const { wanted, active } = webhookStatus().subscriptions;
    assert.deepEqual(diagnostics()['webhooks'], {
      state: 'active',
      address: { encrypted: true, private: false },
      problem: { code: 'unreachable', params: { reason: 'ECONNREFUSED' } },
      subscriptions: { wanted, active, nextExpiryAt: '2026-06-13T09:00:00.000Z' },
      lastEventAt: '2026-03-15T09:00:00.000Z',
      families: ['sleep'],
      accepted: 0,
      refused: webhookStatus().refused,
      waiting: 0,
    });
  });

  it('tell what is wrong and what went wrong before, with instants', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/session' }, status: 400 });
    await rig.passing('the failure', MINUTE, () => familyOf('session')['reason'] === 'error');
    const problem = { code: 'request_refused', params: { path: '/v2/usercollection/session', status: 400 }, family: 'session' };
    assert.deepEqual(diagnostics()['problems'], [problem]);
    assert.deepEqual([familyOf('session')['failures'], familyOf('session')['lastError']], [1, 'request_refused']);
    const { at, solvedAt, ...rest } = diagnostics().pastProblems.at(-1) as Record<string, unknown>;
    assert.deepEqual([rest, solvedAt], [problem, null]);
    assert.match(String(at), /^2026-03-15T09:/);
    cloud.control.clearFaults();
    await rig.passing('the solution', MINUTE, () => lease.session.problems.length === 0);
    assert.notEqual((diagnostics().pastProblems.at(-1) as Record<string, unknown>)['solvedAt'], null);
  });

  it('are there before Oura has answered', async () => {
    cloud.control.fail({ hang: true });
    await rig.until('a connection', () => lease.session.connection);
    const { store, account, families } = diagnostics();
    assert.deepEqual([store, account['person'], families.length], [null, null, 19]);
    cloud.control.clearFaults();
  });

  it('hold no health value, token, secret, address, name or short name, whatever went wrong', async () => {
    await rig.loaded(lease);
    assert.equal(lease.session.host?.keeper.current.documents.newest('sleep')?.body['average_hrv'], NUMBER);
    const broken = { id: TEXT, day: TEXT, score: NUMBER, contributors: TEXT, timestamp: NOW };
    cloud.control.fail({ match: { path: '/v2/usercollection/daily_sleep' }, body: { data: [broken], next_token: null } });
    cloud.control.fail({ match: { path: '/v2/usercollection/sleep' }, status: 422, body: { detail: [{ input: TEXT, msg: TOKEN }] } });
    cloud.control.fail({ match: { path: '/v2/usercollection/tag' }, body: `<html>${TEXT}</html>` });
    cloud.control.fail({ match: { path: '/v2/usercollection/workout' }, dropConnection: true }); // the error names the host
    const codes = (): readonly string[] => history.list().map(({ error }) => error.code);
    await rig.passing('the problems', 15 * MINUTE, () =>
      ['document_invalid', 'request_refused', 'unreachable'].every((code) => codes().includes(code)),
    );
    const said = JSON.stringify(diagnostics());
    for (const secret of SECRETS) {
      const at = said.indexOf(secret);
      assert.equal(at, -1, `${secret} is in: …${said.slice(Math.max(0, at - 100), at + 60)}`);
    }
  });
});
