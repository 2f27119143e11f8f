import assert from 'node:assert/strict';
import { TokenProcess } from '../../lib/auth/token-process';
import { nextTurn } from '../../lib/async/next-turn';
import type { Lease } from '../../lib/runtime';
import { accountConfig } from '../../lib/sync/account-config';
import { buildProgram } from '../auth/support/build-program';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { temporaryFolder } from '../store/support/temporary-folder';
import { AccountRig } from '../support/account-rig';
import { consent } from '../support/consent';
import { dailySleep } from '../support/days';

const DAY = 86_400_000;
const CREDENTIALS = { clientId: 'legacy-app', clientSecret: 'legacy-secret' };
const PROPERTIES = { id: 'account-1', name: 'Ann', mode: 'oauth2', redirectUri: 'http://localhost/oura/oauth/callback', timezone: 'UTC' };

describe('redeploys of an account that is signed in', () => {
  const path = temporaryFolder();
  let cloud: TestCloud;
  let rig: AccountRig;

  beforeEach(async () => {
    cloud = await TestCloud.start([new HandPerson([dailySleep('2026-03-14', 72)], { zone: 'UTC' })], '2026-03-15T09:00:00Z');
    rig = new AccountRig(cloud.server);
    await signIn();
  });
  afterEach(() => rig.clear());

  async function signIn(): Promise<void> {
    const config = accountConfig({ ...PROPERTIES, apiBase: cloud.server.url }, CREDENTIALS);
    const back = new URL(await consent((await rig.runtime.signIns.begin(config)).authorizeUrl)).search;
    assert.equal((await rig.runtime.signIns.answer(back, null)).phase, 'signed_in');
  }

  const renewals = (): number => cloud.control.requests().filter(({ path }) => path === '/oauth/token').length - 1; // the first was the sign-in

  /** What Node-RED does with a changed account: the new node is made while the old one is still there. */
  function redeploy(before: Lease, change: object): Lease {
    const lease = rig.acquire({ ...PROPERTIES, ...change }, CREDENTIALS);
    before.release();
    return lease;
  }

  it('fifty times during a renewal begin no second one, and end none', async () => {
    let lease = rig.acquire(PROPERTIES, CREDENTIALS);
    await rig.loaded(lease);
    cloud.control.fail({ match: { path: '/oauth/token' }, hangMs: 5000, times: 1 });
    cloud.control.advance(DAY);
    await rig.passing('the renewal', 1000, () => renewals() === 1);
    for (let deploy = 0; deploy < 50; deploy += 1) {
      lease = redeploy(lease, { interval: 15 + deploy });
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    }
    assert.equal(renewals(), 1);
    await rig.passing('the end of the renewal', 1000, () => lease.session.state.kind === 'connected');
    assert.equal(renewals(), 1);
  });

  it('during a renewal that a process of its own makes begin no second one', async () => {
    await rig.stop();
    const program = buildProgram('lib/auth/token-process-main.ts', path('tokens.js'));
    const { clock } = cloud.server;
    const installation = 'test';
    rig = new AccountRig(cloud.server, rig.folder, (folder) => {
      const place = { folder, secrets: ['test'], installation, userAgent: 'test/1' };
      return new TokenProcess({ program, place: () => place, clock });
    });
    let lease = rig.acquire(PROPERTIES, CREDENTIALS);
    await rig.loaded(lease);
    cloud.control.fail({ match: { path: '/oauth/token' }, hangMs: 5000, times: 1 });
    cloud.control.advance(DAY);
    await rig.until('the renewal', () => renewals() === 1);
    for (let deploy = 0; deploy < 10; deploy += 1) {
      lease = redeploy(lease, { interval: 15 + deploy });
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    }
    cloud.control.advance(5000); // the answer is let go
    await rig.until('the end of the renewal', () => lease.session.state.kind === 'connected');
    assert.equal(renewals(), 1);
  });

  it('keep what was read, the place of every reader, and the tokens, whatever option has changed', async () => {
    let lease = rig.acquire(PROPERTIES, CREDENTIALS);
    await rig.loaded(lease);
    const store = lease.session.host?.keeper.current;
    store?.changes.advance('node-1', store.changes.head(), cloud.control.now);
    const head = store?.changes.head() ?? 0;
    const requests = cloud.control.requests().length;
    for (const change of [{ name: 'Anna' }, { interval: 20 }, { dailyBudget: 900 }, { historyDays: 40 }, { families: { workout: [] } }]) {
      lease = redeploy(lease, change);
      await rig.loaded(lease);
      const { changes, documents } = lease.session.host?.keeper.current ?? assert.fail('no host');
      assert.equal(changes.cursor('node-1'), head);
      assert.equal(documents.newest('daily_sleep')?.body['score'], 72);
    }
    assert.equal(renewals(), 0);
    const again = cloud.control
      .requests()
      .slice(requests)
      .map(({ path }) => path);
    assert.ok(again.filter((path) => path.endsWith('/daily_sleep')).length <= 5, again.join()); // who it is, and what a longer history adds
  });
});
