import assert from 'node:assert/strict';
import { systemRandom } from '../../lib/async/system-random';
import { authorizeUrlFor } from '../../lib/auth/authorize-url-for';
import { oauthAddresses } from '../../lib/auth/oauth-addresses';
import { orderTokenUrls } from '../../lib/auth/order-token-urls';
import { PendingSignIns } from '../../lib/auth/pending-sign-ins';
import { readCallback } from '../../lib/auth/read-callback';
import { LIMITS } from '../../lib/catalogue/limits';
import type { TokenSet } from '../../lib/ports/token-store';
import type { TestCloud } from '../simulator/server/support/test-cloud';
import { CALLBACK, oauthOf, startCloud, tokenRequests, type PortalName } from './support/oauth-rig';

/** The whole way of a sign-in, from the address to open to the tokens, over HTTP. */
describe('a first sign-in', () => {
  let cloud: TestCloud;
  let pending: PendingSignIns;
  beforeEach(async () => {
    cloud = await startCloud();
    pending = new PendingSignIns({ clock: cloud.server.clock, random: systemRandom });
  });
  afterEach(() => cloud.close());

  /** @returns the address the browser is sent back to */
  const open = async (portal: PortalName, more: { scopes?: readonly string[]; known?: string } = {}): Promise<string> => {
    const { authorizeUrls, tokenUrls, revokeUrl } = oauthAddresses({ apiBase: cloud.server.url, authorizeUrl: '', tokenUrl: '' });
    const application = { clientId: `${portal}-app`, clientSecret: `${portal}-secret`, tokenUrls, revokeUrl };
    const authorizeUrl = authorizeUrlFor(authorizeUrls, more.known ?? null);
    const start = pending.begin({
      accountId: 'a',
      application,
      redirectUri: CALLBACK,
      scopes: more.scopes ?? [],
      authorizeUrl,
      usePkce: true,
    });
    const page = await fetch(start.authorizeUrl, { redirect: 'manual' });
    assert.equal(page.status, 302);
    return page.headers.get('location') ?? '';
  };

  /** @param address as it came back or was pasted; @param probed whether to look for the portal first */
  const finish = async (address: string, probed = false): Promise<TokenSet> => {
    const callback = readCallback(address);
    const { application, redirectUri, codeVerifier } = pending.take(callback.state ?? pending.stateOf('a'));
    if (callback.code === undefined) throw callback.error;
    const oauth = oauthOf(cloud.server.clock);
    const found = probed ? await oauth.probe(application) : null;
    const signs = { remembered: null, probed: found, ...(callback.issuer !== undefined && { issuer: callback.issuer }) };
    const tokenUrls = orderTokenUrls(application.tokenUrls, signs);
    const tokens = await oauth.exchange({ ...application, tokenUrls }, { code: callback.code, redirectUri, codeVerifier });
    return { ...tokens, scopes: tokens.scopes ?? callback.scopes };
  };

  for (const portal of ['legacy', 'new'] as const) {
    it(`works in the ${portal} portal with one request, although the wrong address would burn the code`, async () => {
      const tokens = await finish(await open(portal, { scopes: ['daily', 'spo2', 'unknown'] }));
      assert.deepEqual(tokens.scopes, ['daily', 'spo2']);
      assert.equal((await cloud.get('sleep', {}, tokens.accessToken)).status, 200);
      assert.deepEqual(
        tokenRequests(cloud).map(([, status]) => status),
        [200],
      );
    });

    it(`works in the ${portal} portal with its own consent page, and with the address pasted by hand`, async () => {
      const { tokenUrls } = oauthAddresses({ apiBase: cloud.server.url, authorizeUrl: '', tokenUrl: '' });
      const known = (portal === 'new' ? tokenUrls[1] : tokenUrls[0]) ?? '';
      const address = await open(portal, { known });
      await finish(`\n ${address.replaceAll('&', '&amp;')}#_=_\n`);
      const pages = cloud.control.requests().filter(({ path }) => path.includes('authorize'));
      assert.equal(pages[0]?.path, portal === 'new' ? '/oauth/v2/ext/oauth-authorize' : '/oauth/authorize');
    });

    it(`works in the ${portal} portal with nothing but the code, when the portal is looked for first`, async () => {
      const { code = '' } = readCallback(await open(portal));
      const tokens = await finish(code, true);
      assert.equal((await cloud.get('sleep', {}, tokens.accessToken)).status, 200);
    });
  }

  it('works in the new portal with nothing but the code', async () => {
    const { code = '' } = readCallback(await open('new'));
    const tokens = await finish(code);
    assert.equal((await cloud.get('sleep', {}, tokens.accessToken)).status, 200);
  });

  it('grants only what was ticked', async () => {
    cloud.control.setConsent({ scopes: ['daily'] });
    const tokens = await finish(await open('legacy'));
    assert.deepEqual(tokens.scopes, ['daily']);
    assert.equal((await cloud.get('daily_spo2', {}, tokens.accessToken)).status, 401);
  });

  it('ends when the person says no, and so does its state', async () => {
    cloud.control.setConsent({ denied: true });
    const address = await open('legacy');
    await assert.rejects(finish(address), { code: 'consent_denied' });
    await assert.rejects(finish(address), { code: 'state_unknown' });
    assert.deepEqual(tokenRequests(cloud), []);
  });

  it('is not taken for one that somebody else began, that was used, or that is over', async () => {
    const address = await open('legacy');
    const other = new URL(address);
    other.searchParams.set('state', 'x'.repeat(43));
    await assert.rejects(finish(other.href), { code: 'state_unknown' });
    await finish(address);
    await assert.rejects(finish(address), { code: 'state_unknown' });
    const old = await open('legacy');
    cloud.control.advance(LIMITS.signInMs);
    await assert.rejects(finish(old), { code: 'state_unknown' });
    const replaced = await open('legacy');
    await open('legacy');
    await assert.rejects(finish(replaced), { code: 'state_unknown' });
    assert.equal(tokenRequests(cloud).length, 1);
  });

  it('comes too late with a code that Oura has forgotten', async () => {
    const code = readCallback(await open('legacy')).code ?? '';
    cloud.control.advance(LIMITS.signInMs);
    await open('legacy');
    await assert.rejects(finish(code, true), { code: 'code_refused' });
  });
});
