import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Progress } from '../../lib/accounts/wire';
import { LIMITS } from '../../lib/catalogue/limits';
import type { Lease } from '../../lib/runtime';
import { accountConfig, type AccountConfig } from '../../lib/sync/account-config';
import { personIdOf } from '../../lib/sync/person-id';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { AccountRig } from '../support/account-rig';
import { consent } from '../support/consent';
import { dailySleep } from '../support/days';

const NOW = '2026-03-15T09:00:00Z';
const LEGACY = { clientId: 'legacy-app', clientSecret: 'legacy-secret' };
const NEW = { clientId: 'new-app', clientSecret: 'new-secret' };
const TOKEN_PATHS = { legacy: '/oauth/token', new: '/oauth/v2/ext/oauth-token' };

describe('signing in', () => {
  let cloud: TestCloud;
  let rig: AccountRig;

  beforeEach(async () => {
    const persons = [
      new HandPerson([dailySleep('2026-03-14', 72)], { zone: 'UTC', id: 'ann' }),
      new HandPerson([dailySleep('2026-03-14', 55)], { zone: 'UTC', id: 'bob' }),
    ];
    cloud = await TestCloud.start(persons, NOW);
    rig = new AccountRig(cloud.server);
  });
  afterEach(() => rig.clear());

  const properties = {
    id: 'account-1',
    name: 'Ann',
    mode: 'oauth2',
    redirectUri: 'http://localhost:1880/oura/oauth/callback',
    timezone: 'UTC',
  };
  const config = (credentials = LEGACY, more: object = {}): AccountConfig =>
    accountConfig({ ...properties, apiBase: cloud.server.url, historyDays: 30, ...more }, credentials);
  const persons = (): readonly string[] => cloud.control.personIds.map(personIdOf);
  const tokenRequests = (): readonly string[] =>
    cloud.control.requests().flatMap(({ path: asked }) => (Object.values(TOKEN_PATHS).includes(asked) ? [asked] : []));
  const kept = (): readonly string[] => readdirSync(rig.folder).filter((file) => file.endsWith('.token'));

  const revoked = (): number => cloud.control.requests().filter(({ path: asked }) => asked === '/oauth/revoke').length;
  const score = ({ session }: Lease): unknown => session.host?.keeper.current.documents.newest('daily_sleep')?.body['score'];

  /** From the click to the answer. */
  async function signIn(account = config()): Promise<Progress> {
    const back = await consent((await rig.runtime.signIns.begin(account)).authorizeUrl);
    return await rig.runtime.signIns.answer(new URL(back).search, null);
  }

  it('keeps the tokens of an account that was never deployed, and opens it when it is', async () => {
    assert.equal(rig.runtime.signIns.progress('account-1').phase, 'none');
    const done = await signIn();
    assert.deepEqual([done.phase, done.error], ['signed_in', null]);
    assert.deepEqual(kept(), ['account-1.token']);
    const lease = rig.acquire(properties, LEGACY);
    await rig.loaded(lease);
    assert.equal(lease.session.host?.personId, persons()[0]);
    assert.equal(score(lease), 72);
  });

  it('wakes an account that waits for it', async () => {
    const lease = rig.acquire(properties, LEGACY);
    await rig.until('the state', () => lease.session.state.kind === 'sign_in');
    assert.deepEqual(
      lease.session.problems.map(({ error }) => error.code),
      ['sign_in_needed'],
    );
    await signIn();
    await rig.loaded(lease);
    assert.deepEqual(lease.session.problems, []);
  });

  it('outlives restarts, and renews in time without a word', async () => {
    await signIn();
    for (let restart = 0; restart < 2; restart += 1) {
      const lease = rig.acquire(properties, LEGACY);
      await rig.loaded(lease);
      const before = tokenRequests().length;
      cloud.control.advance(86_400_000 - 60_000);
      await rig.passing('a renewal', 60_000, () => tokenRequests().length > before);
      assert.equal(tokenRequests().length, before + 1);
      await rig.until('the new tokens', () => !readdirSync(rig.folder).some((file) => file.includes('.renewing')));
      await rig.until('the state', () => lease.session.state.kind === 'connected');
      await rig.stop();
      rig = new AccountRig(cloud.server, rig.folder);
    }
    assert.deepEqual(
      rig.log.filter((line) => /^(warn|error)/.test(line)),
      [],
    );
  });

  for (const [portal, credentials] of [
    ['legacy', LEGACY],
    ['new', NEW],
  ] as const) {
    it(`LESSON: wrong portal: an application of the ${portal} portal is signed in without burning a code`, async () => {
      cloud.control.change({ oauth: { wrongPortalBurnsCode: true } });
      const done = await signIn(config(credentials));
      assert.equal(done.phase, 'signed_in');
      assert.deepEqual(tokenRequests(), [TOKEN_PATHS[portal]]);
    });

    it(`finds out that an application belongs to the ${portal} portal without a code, and begins there`, async () => {
      assert.ok((await rig.runtime.signIns.probe(config(credentials)))?.endsWith(TOKEN_PATHS[portal]));
      const { authorizeUrl } = await rig.runtime.signIns.begin(config(credentials));
      assert.equal(authorizeUrl.includes('/oauth/v2/ext/'), portal === 'new');
    });
  }

  it('says what was granted when some of it was unticked', async () => {
    cloud.control.setConsent({ scopes: ['daily', 'personal'] });
    assert.deepEqual((await signIn()).scopes?.toSorted(), ['daily', 'personal']);
    assert.deepEqual((await signIn(config(NEW))).scopes?.toSorted(), ['daily', 'personal']);
  });

  it('asks for the permissions of the account, with PKCE and a state of its own each time', async () => {
    const first = new URL((await rig.runtime.signIns.begin(config())).authorizeUrl).searchParams;
    const second = new URL((await rig.runtime.signIns.begin(config(LEGACY, { scopes: 'daily email' }))).authorizeUrl).searchParams;
    assert.equal(first.get('response_type'), 'code');
    assert.equal(first.get('redirect_uri'), properties.redirectUri);
    assert.ok(!(first.get('scope') ?? '').includes('email'));
    assert.equal(second.get('scope'), 'daily email');
    assert.equal(first.get('code_challenge_method'), 'S256');
    assert.notEqual(first.get('state'), second.get('state'));
    assert.ok((first.get('state') ?? '').length >= 22); // 128 bits
  });

  it('says that the access was not allowed', async () => {
    cloud.control.setConsent({ denied: true });
    const { phase, error } = await signIn();
    assert.deepEqual([phase, error?.code], ['failed', 'consent_denied']);
    assert.deepEqual(kept(), []);
  });

  it('accepts an answer once, in time, and from the dialog it was meant for', async () => {
    const { signIns } = rig.runtime;
    const unknown = { code: 'state_unknown' };
    await assert.rejects(signIns.answer('?code=abc&state=made-up', null), unknown);
    const back = new URL(await consent((await signIns.begin(config())).authorizeUrl)).search;
    await assert.rejects(signIns.answer(back, 'account-2'), unknown); // which leaves it as it is
    const again = new URL(await consent((await signIns.begin(config())).authorizeUrl)).search;
    assert.equal((await signIns.answer(again, null)).phase, 'signed_in');
    await assert.rejects(signIns.answer(again, null), unknown);
    const late = new URL(await consent((await signIns.begin(config())).authorizeUrl)).search;
    cloud.control.advance(LIMITS.signInMs + 1);
    assert.equal(signIns.progress('account-1').error?.code, 'state_unknown');
    await assert.rejects(signIns.answer(late, null), unknown);
  });

  it('ends the sign-in before when a new one begins', async () => {
    const first = new URL(await consent((await rig.runtime.signIns.begin(config())).authorizeUrl)).search;
    await rig.runtime.signIns.begin(config());
    await assert.rejects(rig.runtime.signIns.answer(first, null), { code: 'state_unknown' });
    assert.equal(rig.runtime.signIns.progress('account-1').phase, 'waiting');
  });

  it('takes the address that was pasted, whole or in part', async () => {
    for (const part of [(address: URL) => address.href, (address: URL) => address.search, (address: URL) => ` ${address.href}\n`]) {
      const back = new URL(await consent((await rig.runtime.signIns.begin(config())).authorizeUrl));
      assert.equal((await rig.runtime.signIns.answer(part(back), 'account-1')).phase, 'signed_in');
    }
  });

  it('says what is wrong with id or secret, before and after', async () => {
    const wrong = config({ ...LEGACY, clientSecret: 'wrong' });
    await assert.rejects(rig.runtime.signIns.probe(wrong), { code: 'client_refused' });
    assert.equal((await signIn(wrong)).error?.code, 'client_refused');
  });

  it('says that the code came too late', async () => {
    const { signIns } = rig.runtime;
    const back = new URL(await consent((await signIns.begin(config())).authorizeUrl)).search;
    cloud.control.fail({ match: { path: TOKEN_PATHS.legacy }, status: 400, body: { error: 'invalid_grant' }, times: 1 });
    assert.equal((await signIns.answer(back, null)).error?.code, 'code_refused');
    assert.equal(tokenRequests().length, 1);
  });

  it('can be done again without losing anything', async () => {
    await signIn();
    const lease = rig.acquire(properties, LEGACY);
    await rig.loaded(lease);
    const documents = lease.session.host?.keeper.current.stats().documents;
    const before = cloud.control.requests().filter(({ path: asked }) => asked.endsWith('/daily_sleep')).length;
    assert.equal((await signIn()).phase, 'signed_in');
    assert.deepEqual(lease.session.host?.keeper.current.stats().documents, documents);
    assert.equal(cloud.control.requests().filter(({ path: asked }) => asked.endsWith('/daily_sleep')).length, before);
    assert.equal(lease.session.state.kind, 'connected');
  });

  it('refuses another person before anything is written, until that is confirmed', async () => {
    await signIn();
    const lease = rig.acquire(properties, LEGACY);
    await rig.loaded(lease);
    const files = (): string => readdirSync(rig.folder).join();
    const token = readFileSync(path.join(rig.folder, 'account-1.token'), 'utf8');
    const [ann = '', bob = ''] = persons();
    const before = files();
    cloud.control.setConsent({ personId: cloud.control.personIds[1] ?? '' });
    const { phase, error } = await signIn();
    assert.deepEqual([phase, error?.code], ['other_person', 'person_changed']);
    assert.equal(files(), before);
    assert.equal(readFileSync(path.join(rig.folder, 'account-1.token'), 'utf8'), token);
    assert.equal(lease.session.host?.personId, ann);

    assert.equal((await rig.runtime.signIns.confirmPerson('account-1')).phase, 'signed_in');
    await rig.until('the other person', () => lease.session.host?.personId === bob);
    await rig.loaded(lease);
    assert.equal(score(lease), 55);
    assert.ok(files().includes(`${ann}.sqlite`) && files().includes(`${bob}.sqlite`)); // each person has a database of their own
  });

  it('leaves the sign-in before in place when another person is not confirmed', async () => {
    await signIn();
    cloud.control.setConsent({ personId: cloud.control.personIds[1] ?? '' });
    const lease = rig.acquire(properties, LEGACY);
    await rig.loaded(lease);
    await signIn();
    assert.equal((await rig.runtime.signIns.cancel('account-1')).phase, 'signed_in');
    assert.equal(lease.session.state.kind, 'connected');
    await assert.rejects(rig.runtime.signIns.confirmPerson('account-1'), { code: 'state_unknown' });
  });

  it('leaves nothing behind when the dialog of a new account is cancelled', async () => {
    await signIn();
    assert.equal((await rig.runtime.signIns.cancel('account-1')).phase, 'none');
    assert.deepEqual(kept(), []);
    assert.ok(cloud.control.requests().some(({ path: asked }) => asked === '/oauth/revoke'));
  });

  it('stays for an account that is in the flows but does not run, whatever is cancelled', async () => {
    rig.inFlows.add('account-1');
    await signIn();
    await rig.runtime.signIns.begin(config());
    assert.equal((await rig.runtime.signIns.cancel('account-1')).phase, 'signed_in');
    assert.deepEqual(kept(), ['account-1.token']);
    assert.deepEqual(revoked(), 0);
  });

  for (const [what, end] of [
    ['is cancelled', () => rig.runtime.signIns.cancel('account-1')],
    ['is followed by a sign-out', () => rig.runtime.signIns.signOut('account-1')],
    ['begins anew', () => rig.runtime.signIns.begin(config())],
  ] as const) {
    it(`brings nothing when it ${what} while Oura is asked, and is taken back`, async () => {
      const back = new URL(await consent((await rig.runtime.signIns.begin(config())).authorizeUrl)).search;
      cloud.control.fail({ match: { path: TOKEN_PATHS.legacy }, hangMs: 5000, times: 1 });
      const answering = rig.runtime.signIns.answer(back, null);
      await rig.until('the question', () => tokenRequests().length === 1);
      await end();
      cloud.control.advance(5000);
      await answering;
      assert.deepEqual(kept(), []);
      assert.equal(revoked(), 1);
    });
  }

  it('with another application that was not deployed gives way to the one before', async () => {
    await signIn();
    const lease = rig.acquire(properties, LEGACY);
    await rig.loaded(lease);
    assert.equal((await signIn(config(NEW))).phase, 'signed_in');
    assert.equal((await rig.runtime.signIns.cancel('account-1')).phase, 'signed_in');
    const before = tokenRequests().length;
    cloud.control.advance(86_400_000 - 60_000);
    await rig.passing('a renewal', 60_000, () => tokenRequests().length > before);
    assert.equal(tokenRequests().at(-1), TOKEN_PATHS.legacy);
    await rig.until('the state', () => lease.session.state.kind === 'connected');
  });

  it('works although the budget of the day is spent', async () => {
    await signIn();
    const lease = rig.acquire({ ...properties, dailyBudget: 1 }, LEGACY);
    await rig.until('the end of the budget', () => lease.session.connection?.budget.left === 0);
    assert.equal((await signIn()).phase, 'signed_in');
  });

  it('that fails leaves the one before in use, and says both', async () => {
    await signIn();
    cloud.control.setConsent({ denied: true });
    const { phase, signedIn } = await signIn();
    assert.deepEqual([phase, signedIn], ['failed', true]);
    const lease = rig.acquire(properties, LEGACY);
    await rig.loaded(lease);
    cloud.control.advance(3 * LIMITS.signInMs);
    assert.equal(rig.runtime.signIns.progress('account-1').phase, 'signed_in'); // nobody wants to know any more
  });

  it('of another person is taken back when it is not confirmed', async () => {
    await signIn();
    cloud.control.setConsent({ personId: cloud.control.personIds[1] ?? '' });
    await rig.loaded(rig.acquire(properties, LEGACY));
    await signIn();
    await rig.runtime.signIns.cancel('account-1');
    assert.equal(revoked(), 1);
  });

  it('is not used up by an address that was pasted into the wrong dialog', async () => {
    const { signIns } = rig.runtime;
    const back = await consent((await signIns.begin(config())).authorizeUrl);
    await signIns.begin(config(LEGACY, { id: 'account-2' }));
    await assert.rejects(signIns.answer(back, 'account-2'), { code: 'state_unknown' });
    assert.equal((await signIns.answer(back, 'account-1')).phase, 'signed_in');
  });

  it('ends at Oura and here when the person signs out; data stays', async () => {
    await signIn();
    const lease = rig.acquire(properties, LEGACY);
    await rig.loaded(lease);
    assert.equal((await rig.runtime.signIns.signOut('account-1')).phase, 'none');
    assert.deepEqual(kept(), []);
    await rig.passing('the state', 60_000, () => lease.session.state.kind === 'sign_in');
    assert.equal(score(lease), 72);
  });

  it('never shows a secret in an address, a log or an answer', async () => {
    const { authorizeUrl } = await rig.runtime.signIns.begin(config());
    const progress = await rig.runtime.signIns.answer(new URL(await consent(authorizeUrl)).search, null);
    const lease = rig.acquire(properties, LEGACY);
    await rig.loaded(lease);
    const urls = cloud.control.requests().map((request) => JSON.stringify([request.path, request.query]));
    const seen = [authorizeUrl, JSON.stringify(progress), ...rig.log, ...urls].join('\n');
    assert.doesNotMatch(seen, /legacy-secret|[ar]t-[0-9a-f]{8}/);
  });
});
