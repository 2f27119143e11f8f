import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AccountFacts } from '../../lib/accounts/account-facts';
import type { CheckContext } from '../../lib/accounts/check';
import { checkEverything } from '../../lib/accounts/check-everything';
import { CHECKS } from '../../lib/accounts/checks';
import { ProblemHistory } from '../../lib/accounts/problem-history';
import type { Finding } from '../../lib/accounts/wire';
import { OuraError } from '../../lib/errors/oura-error';
import type { Lease } from '../../lib/runtime';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud, TOKEN } from '../simulator/server/support/test-cloud';
import { AccountRig } from '../support/account-rig';
import { dailySleep, heartRate, night } from '../support/days';
import { facts } from './support/facts';
import { webhookStatus } from './support/webhook-status';

const NOW = '2026-03-15T09:00:00Z';
const MINUTE = 60_000;

describe('"check everything"', () => {
  let cloud: TestCloud;
  let rig: AccountRig;
  const patient = new AbortController().signal;

  /** A person whose ring has synced today: nothing is behind. */
  const today = [
    'daily_sleep',
    'daily_readiness',
    'daily_activity',
    'daily_spo2',
    'daily_stress',
    'daily_resilience',
    'daily_cardiovascular_age',
    'sleep_time',
    'vo2_max',
  ] as const;
  beforeEach(async () => {
    const documents = [
      ...today.map((endpoint) => ({ ...dailySleep('2026-03-15', 70), endpoint })),
      night('2026-03-15'),
      heartRate('2026-03-15T08:00:00.000Z', 60),
      { ...heartRate('2026-03-15T08:00:00.000Z', 60), endpoint: 'ring_battery_level' as const },
    ];
    cloud = await TestCloud.start([new HandPerson(documents, { zone: 'UTC' })], NOW);
    rig = new AccountRig(cloud.server);
  });
  afterEach(() => rig.clear());

  const check = async (lease: Lease, known: Partial<AccountFacts> = {}, more: Partial<CheckContext> = {}): Promise<readonly Finding[]> => {
    const context = { session: lease.session, facts: facts(known), tokens: null, folder: rig.folder, callbackPath: '/cb', ...more };
    return (await checkEverything(context, patient)).findings;
  };
  const found = (findings: readonly Finding[]): Readonly<Record<string, unknown>> =>
    Object.fromEntries(findings.flatMap(({ check: key, found: told }) => (told === null ? [] : [[key, told]])));
  const acquire = (properties: object = {}, token = TOKEN): Lease => rig.acquire({ timezone: 'UTC', ...properties }, token);

  it('finds nothing where all is well, with one question to Oura', async () => {
    const lease = acquire();
    await rig.loaded(lease);
    const before = rig.server.control.requests().length;
    const findings = await check(lease);
    assert.deepEqual(found(findings), {});
    assert.deepEqual(
      findings.map(({ check: key, level }) => [key, level]),
      CHECKS.map(({ key }) => [key, 'ok']),
    );
    assert.deepEqual(
      rig.server.control
        .requests()
        .slice(before)
        .map(({ path: asked }) => asked),
      ['/v2/usercollection/personal_info'],
    );
  });

  it('finds a refused sign-in, and since when, whether the account has noticed or not', async () => {
    const lease = acquire();
    const history = new ProblemHistory(rig.server.clock);
    history.watch(lease.session.events);
    await rig.loaded(lease);
    cloud.control.revokeToken(TOKEN);
    const [first, ...others] = await check(lease, { past: history.list() });
    assert.deepEqual(first, { check: 'signed_in', level: 'problem', found: { code: 'not_authorised', params: {} } });
    assert.ok(others.every(({ level }) => level !== 'problem')); // the connection works: Oura has answered
    await rig.passing('the refusal', MINUTE, () => lease.session.state.kind === 'sign_in');
    const since = new Date(history.list().at(-1)?.at ?? 0).toISOString();
    assert.deepEqual(found(await check(lease, { past: history.list() }))['signed_in'], { code: 'not_authorised', params: { since } });
  });

  it('finds that nobody has signed in', async () => {
    const lease = acquire();
    await rig.loaded(lease);
    assert.deepEqual(found(await check(lease, { signedIn: false }))['signed_in'], { code: 'sign_in_needed', params: {} });
  });

  it('finds that Oura cannot be reached, also when the account does not know yet', async () => {
    const lease = acquire();
    await rig.loaded(lease);
    cloud.control.fail({ dropConnection: true });
    const checked = check(lease);
    let ended = false;
    void checked.finally(() => {
      ended = true;
    });
    await rig.passing('the end of the tries', MINUTE / 6, () => ended);
    const { code } = found(await checked)['connection'] as { code: string };
    assert.equal(code, 'unreachable');
  });

  it('finds an address that is none', async () => {
    const lease = acquire({ apiBase: 'ouraring' });
    await rig.until('the problem', () => lease.session.problems[0]);
    const { person, connection } = found(await check(lease)) as Record<string, { code: string }>;
    assert.deepEqual([person?.code, connection?.code], ['address_invalid', 'address_invalid']);
  });

  it('finds a lapsed membership', async () => {
    const lease = acquire();
    await rig.loaded(lease);
    cloud.control.fail({ match: { path: '/v2/usercollection/personal_info' }, status: 403, body: {} });
    assert.deepEqual(Object.keys(found(await check(lease))), ['membership']);
  });

  it('names every permission that a chosen family lacks, and none of a family that is off', async () => {
    const lease = acquire({ families: { daily_spo2: [] } });
    await rig.loaded(lease);
    const { scopes } = found(await check(lease, { scopes: ['personal', 'daily', 'heartrate', 'session', 'ring_configuration'] }));
    assert.deepEqual(scopes, { code: 'scopes_missing', params: { scopes: 'heart_health, stress, tag, workout' } });
  });

  it('names permissions that Oura has refused, where it never said what it granted', async () => {
    cloud.control.setScopes(TOKEN, [
      'personal',
      'daily',
      'heartrate',
      'tag',
      'session',
      'spo2',
      'stress',
      'heart_health',
      'ring_configuration',
    ]);
    const lease = acquire();
    await rig.passing('the refusal', MINUTE, () => lease.session.problems.some(({ error }) => error.code === 'scope_missing'));
    assert.deepEqual(found(await check(lease))['scopes'], { code: 'scopes_missing', params: { scopes: 'workout' } });
  });

  it('tells families that fail from those that have nothing of today', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/session' }, status: 400 });
    const lease = acquire();
    await rig.passing('the failure', MINUTE, () => lease.session.problems.length > 0);
    cloud.control.advance(24 * 60 * MINUTE);
    await rig.passing('the next day', MINUTE, () => lease.session.host?.engine?.family('sleep').lastSuccessAt === rig.server.clock.now());
    const { failing, fresh } = found(await check(lease)) as Record<string, { code: string; params: { families: string } }>;
    assert.deepEqual(failing, { code: 'families_failing', params: { families: 'session:request_refused' } });
    assert.equal(fresh?.code, 'families_behind');
    assert.ok(fresh.params.families.split(', ').includes('sleep:not_synced'));
    assert.ok(!fresh.params.families.includes('workout'), 'days without a workout are usual');
  });

  it('finds a history that is not complete, and how far it is', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/workout' }, status: 500 });
    const lease = acquire();
    await rig.until('the newest days', () => (lease.session.host?.engine?.family('sleep').reached ?? null) !== null);
    const { code, params } = found(await check(lease))['history'] as { code: string; params: { percent: number } };
    assert.equal(code, 'history_incomplete');
    assert.ok(params.percent >= 0 && params.percent < 100);
  });

  it('finds a budget that is spent', async () => {
    const lease = acquire({ dailyBudget: 3 });
    await rig.passing('the end of the budget', 1000, () => lease.session.connection?.budget.left === 0);
    assert.deepEqual(found(await check(lease))['budget'], { code: 'budget_spent', params: { limit: 3 } });
  });

  it('finds data that is in memory only although the disk was wanted', async () => {
    const lease = acquire();
    await rig.loaded(lease);
    const personId = lease.session.host?.personId ?? '';
    await rig.runtime.shutdown();
    writeFileSync(path.join(rig.folder, `${personId}.sqlite`), 'no database '.repeat(1000));
    const again = acquire({ interval: 30 });
    await rig.loaded(again);
    const { code } = found(await check(again))['store'] as { code: string };
    assert.equal(code, 'store_unavailable');
  });

  it('finds a folder that cannot be written to', async () => {
    const lease = acquire();
    await rig.loaded(lease);
    const file = path.join(rig.folder, 'a-file');
    writeFileSync(file, '');
    const { code, params } = found(await check(lease, {}, { folder: file }))['folder'] as { code: string; params: { reason: string } };
    assert.deepEqual([code, params.reason], ['folder_refused', 'EEXIST']);
  });

  it('finds a sign-in that cannot be read, and a callback that cannot come, of accounts signed in to at Oura only', async () => {
    const load = (): never => {
      throw new OuraError('tokens_unreadable');
    };
    const more = { tokens: { load }, callbackPath: null };
    const lease = acquire();
    await rig.loaded(lease);
    assert.deepEqual(found(await check(lease, {}, more)), {});
    const other = acquire({ id: 'account-2', mode: 'oauth2' });
    const { tokens, callback } = found(await check(other, {}, more));
    assert.deepEqual(
      [tokens, callback],
      [
        { code: 'tokens_unreadable', params: {} },
        { code: 'callback_off', params: {} },
      ],
    );
  });

  it('finds what keeps Oura from telling what is new', async () => {
    const problem = new OuraError('webhook_unanswered', { status: 404 });
    const findings = await check(acquire(), { webhooks: webhookStatus({ state: 'refused', problem }) });
    assert.deepEqual(found(findings)['webhooks'], { code: 'webhook_unanswered', params: { status: 404 } });
    assert.equal(findings.find((one) => one.check === 'webhooks')?.level, 'notice');
  });

  it('tells of other accounts of the same person', async () => {
    const lease = acquire();
    await rig.loaded(lease);
    const { shared } = found(await check(lease, { sharedWith: ['Ann at home', 'Ann at work'] }));
    assert.deepEqual(shared, { code: 'person_shared', params: { accounts: 'Ann at home, Ann at work' } });
  });

  it('tells of a person whose days follow a fixed offset', async () => {
    cloud.control.put(
      'sleep',
      night('2026-03-15', { bedtime_start: '2026-03-15T08:30:00.000+09:30', bedtime_end: '2026-03-15T16:30:00.000+09:30' }).body,
    );
    const lease = rig.acquire();
    await rig.loaded(lease);
    assert.deepEqual(found(await check(lease))['zone'], { code: 'zone_fixed', params: { zone: 'UTC+9:30' } });
    const chosen = rig.acquire({ timezone: 'UTC+9:30' });
    await rig.loaded(chosen);
    assert.equal(found(await check(chosen))['zone'], undefined);
  });

  it('puts problems before notices and those before what is well; a check that breaks is a finding too', async () => {
    const lease = acquire();
    await rig.loaded(lease);
    const context = { session: lease.session, facts: facts(), tokens: null, folder: rig.folder, callbackPath: null };
    const broken = new TypeError('a text that may hold anything');
    const { findings } = await checkEverything(context, patient, [
      { key: 'well', level: 'problem', run: () => null },
      { key: 'notice', level: 'notice', run: () => new OuraError('callback_off') },
      {
        key: 'broken',
        level: 'problem',
        run: () => {
          throw broken;
        },
      },
    ]);
    assert.deepEqual(
      findings.map(({ check: key, level }) => [key, level]),
      [
        ['broken', 'problem'],
        ['notice', 'notice'],
        ['well', 'ok'],
      ],
    );
    assert.deepEqual(findings[0]?.found, { code: 'unexpected', params: { reason: 'TypeError' } });
  });

  it('ends when it is not wanted any more', async () => {
    const lease = acquire();
    await rig.loaded(lease);
    cloud.control.fail({ hang: true });
    const impatient = new AbortController();
    const context = { session: lease.session, facts: facts(), tokens: null, folder: rig.folder, callbackPath: null };
    const checked = checkEverything(context, impatient.signal);
    await rig.until('the question', () => rig.server.control.requests().at(-1)?.path.endsWith('personal_info'));
    impatient.abort(new DOMException('gone', 'AbortError'));
    await assert.rejects(checked, { name: 'AbortError' });
  });
});
