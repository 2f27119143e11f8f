import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { OuraError } from '../../lib/errors/oura-error';
import type { CodeExchange, OAuthApplication } from '../../lib/ports/oauth';
import type { TokenSet } from '../../lib/ports/token-store';
import type { TestCloud } from '../simulator/server/support/test-cloud';
import { FakeClock } from '../support/fake-clock';
import { json, startServer, type Handler, type Reply, type TestServer } from '../support/http-server';
import { applicationOf, CALLBACK, consent, oauthOf, signIn, startCloud, tokenRequests } from './support/oauth-rig';

const NOW = Date.parse('2026-11-24T08:00:00Z');
const LEGACY = '/oauth/token';
const NEW = '/oauth/v2/ext/oauth-token';

describe('signing in and renewing at the stand-in', () => {
  let cloud: TestCloud;
  beforeEach(async () => {
    cloud = await startCloud();
  });
  afterEach(() => cloud.close());
  const works = async (token: string): Promise<boolean> => (await cloud.get('sleep', {}, token)).status === 200;

  it('turns a code into tokens that work, with their end by the own clock', async () => {
    const tokens = await signIn(cloud, applicationOf(cloud));
    assert.equal(await works(tokens.accessToken), true);
    const { accessToken, refreshToken, ...rest } = tokens;
    assert.notEqual(accessToken, refreshToken);
    assert.deepEqual(rest, {
      expiresAt: NOW + 86_400_000,
      obtainedAt: NOW,
      scopes: null, // the documented portal tells them in the callback only
      tokenUrl: cloud.server.url + LEGACY,
      clientId: 'legacy-app',
    });
  });

  it('knows the lifetime whatever the own clock shows, minutes or years off', async () => {
    for (const offMs of [-7 * 60_000, 9 * 60_000, -400 * 86_400_000]) {
      const tokens = await signIn(cloud, applicationOf(cloud), new FakeClock(NOW + offMs));
      assert.deepEqual([tokens.obtainedAt, tokens.expiresAt], [NOW + offMs, NOW + offMs + 86_400_000]);
    }
  });

  it('tells the granted permissions without prefix, also when only some were granted', async () => {
    cloud.control.setConsent({ scopes: ['spo2', 'daily'] });
    const tokens = await signIn(cloud, applicationOf(cloud, 'new'));
    assert.deepEqual(tokens.scopes, ['daily', 'spo2']);
    const next = await oauthOf(cloud.server.clock).refresh(applicationOf(cloud, 'new'), tokens);
    assert.deepEqual(next.scopes, ['daily', 'spo2']);
    assert.equal((await cloud.get('heartrate', {}, next.accessToken)).status, 401);
  });

  it('renews: both tokens are new, the next renewal works with them and the one before does not', async () => {
    const application = applicationOf(cloud);
    const oauth = oauthOf(cloud.server.clock);
    const first = await signIn(cloud, application);
    cloud.control.advance(3_600_000);
    const second = await oauth.refresh(application, first);
    assert.notEqual(second.refreshToken, first.refreshToken);
    assert.equal(await works(second.accessToken), true);
    assert.equal(second.expiresAt, NOW + 3_600_000 + 86_400_000);
    await assert.rejects(oauth.refresh(application, first), { code: 'grant_ended' });
    assert.equal(await works((await oauth.refresh(application, second)).accessToken), true);
  });

  it('says that the sign-in has ended when it was revoked', async () => {
    const application = applicationOf(cloud);
    const tokens = await signIn(cloud, application);
    await oauthOf(cloud.server.clock).revoke(application, tokens);
    assert.equal(await works(tokens.accessToken), false);
    await assert.rejects(oauthOf(cloud.server.clock).refresh(application, tokens), { code: 'grant_ended' });
    const revoking = cloud.control.requests().find(({ path }) => path === '/oauth/revoke');
    assert.deepEqual([revoking?.method, revoking?.query, revoking?.status], ['POST', {}, 200]); // no token in an address
  });

  it('says that a code is used, too old, or another application’s', async () => {
    const application = applicationOf(cloud);
    const oauth = oauthOf(cloud.server.clock);
    const used = await consent(cloud, application);
    await oauth.exchange(application, used);
    await assert.rejects(oauth.exchange(application, used), { code: 'code_refused' });
    const old = await consent(cloud, application);
    cloud.control.advance(600_000);
    await assert.rejects(oauth.exchange(application, old), { code: 'code_refused' });
    const others = await consent(cloud, applicationOf(cloud, 'new'));
    await assert.rejects(oauth.exchange(application, others), { code: 'code_refused' });
  });

  it('shows a code that was refused at one address to no other', async () => {
    const application = applicationOf(cloud);
    const exchange = { code: 'never-issued', redirectUri: CALLBACK, codeVerifier: null };
    await assert.rejects(oauthOf(cloud.server.clock).exchange(application, exchange), { code: 'code_refused' });
    assert.deepEqual(tokenRequests(cloud), [[LEGACY, 400]]);
  });

  for (const portal of ['legacy', 'new'] as const) {
    it(`works in the ${portal} portal with its address first: one request, and the address is remembered`, async () => {
      const application = applicationOf(cloud, portal);
      const tokens = await signIn(cloud, application);
      await oauthOf(cloud.server.clock).refresh({ ...application, tokenUrls: application.tokenUrls.toReversed() }, tokens);
      const own = portal === 'new' ? NEW : LEGACY;
      assert.deepEqual(tokenRequests(cloud), [
        [own, 200],
        [own, 200], // the address of the tokens comes before the order of the application
      ]);
    });

    it(`finds the ${portal} portal from the other’s address, when a wrong address burns no code`, async () => {
      cloud.control.change({ oauth: { wrongPortalBurnsCode: false } });
      const own = applicationOf(cloud, portal);
      const tokens = await signIn(cloud, { ...own, tokenUrls: own.tokenUrls.toReversed() });
      assert.equal(tokens.tokenUrl, own.tokenUrls[0]);
      assert.deepEqual(
        tokenRequests(cloud).map(([, status]) => status),
        [401, 200],
      );
    });

    it(`renews in the ${portal} portal when the other’s address was remembered`, async () => {
      const own = applicationOf(cloud, portal);
      const tokens = { ...(await signIn(cloud, own)), tokenUrl: own.tokenUrls[1] ?? '' };
      const next = await oauthOf(cloud.server.clock).refresh(own, tokens);
      assert.equal(next.tokenUrl, own.tokenUrls[0]);
      assert.equal(await works(next.accessToken), true);
    });

    it(`finds the ${portal} portal without a code, so that none is burnt`, async () => {
      const own = applicationOf(cloud, portal);
      const oauth = oauthOf(cloud.server.clock);
      for (const tokenUrls of [own.tokenUrls, own.tokenUrls.toReversed()])
        assert.equal(await oauth.probe({ ...own, tokenUrls }), own.tokenUrls[0]);
    });

    it(`says that the client is wrong when no address knows it (${portal})`, async () => {
      const own = { ...applicationOf(cloud, portal), clientSecret: 'wrong' };
      const oauth = oauthOf(cloud.server.clock);
      await assert.rejects(oauth.probe(own), { code: 'client_refused' });
      await assert.rejects(oauth.exchange(own, await consent(cloud, own)), { code: 'client_refused' });
      assert.equal(tokenRequests(cloud).length, 4);
    });
  }

  it('cannot use a code that the wrong portal burnt, and says so', async () => {
    const own = applicationOf(cloud, 'new');
    await assert.rejects(signIn(cloud, { ...own, tokenUrls: own.tokenUrls.toReversed() }), { code: 'code_refused' });
  });

  it('proves with the verifier that the code is its own (PKCE)', async () => {
    const application = applicationOf(cloud);
    const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' }; // RFC 7636, appendix B
    const exchange = await consent(cloud, application, pkce);
    const oauth = oauthOf(cloud.server.clock);
    const codeVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    await assert.rejects(oauth.exchange(application, { ...exchange, codeVerifier: 'another' }), { code: 'code_refused' });
    assert.equal(await works((await oauth.exchange(application, { ...exchange, codeVerifier })).accessToken), true);
  });
});

describe('answers of a token address', () => {
  const clock = new FakeClock(NOW);
  let server: TestServer;
  let reply: Handler;
  const use = (next: Handler | Reply): void => {
    reply = typeof next === 'function' ? next : () => next;
  };
  beforeEach(async () => {
    use('hang');
    server = await startServer((request, index) => reply(request, index));
  });
  afterEach(() => server.close());

  const application = (): OAuthApplication => ({
    clientId: 'sentinel client',
    clientSecret: 'sentinel&secret=ü'.replace('ü', '%'),
    tokenUrls: [`${server.url}/oauth/token`, `${server.url}${NEW}`],
    revokeUrl: `${server.url}/oauth/revoke`,
  });
  const held = (): TokenSet => ({
    accessToken: 'sentinel-access',
    refreshToken: 'sentinel-refresh+/=',
    expiresAt: NOW,
    obtainedAt: NOW - 1000,
    scopes: ['daily'],
    tokenUrl: `${server.url}/oauth/token`,
    clientId: 'sentinel client',
  });
  const exchange: CodeExchange = { code: 'sentinel-code', redirectUri: CALLBACK, codeVerifier: 'sentinel-verifier' };
  const refresh = (timeoutMs?: number): Promise<TokenSet> => oauthOf(clock, timeoutMs).refresh(application(), held());
  const forms = (): readonly unknown[] => server.requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));

  it('are asked for with everything in the form and nothing in the address', async () => {
    use(json({ access_token: 'a', refresh_token: 'r', expires_in: 60 }));
    await oauthOf(clock).exchange(application(), exchange);
    await refresh();
    const client = { client_id: 'sentinel client', client_secret: 'sentinel&secret=%' };
    assert.deepEqual(forms(), [
      { grant_type: 'authorization_code', code: 'sentinel-code', redirect_uri: CALLBACK, code_verifier: 'sentinel-verifier', ...client },
      { grant_type: 'refresh_token', refresh_token: 'sentinel-refresh+/=', ...client },
    ]);
    for (const { method, search, headers } of server.requests) {
      assert.deepEqual([method, search, headers['content-type']], ['POST', '', 'application/x-www-form-urlencoded']);
      assert.deepEqual([headers['authorization'], headers['user-agent']], [undefined, 'test/1']);
    }
  });

  it('revoke with the token in the form, whatever the status below 500', async () => {
    for (const status of [200, 204, 302, 400, 401, 404]) {
      use({ status });
      await oauthOf(clock).revoke(application(), held());
    }
    assert.deepEqual(forms()[0], { access_token: 'sentinel-access', client_id: 'sentinel client', client_secret: 'sentinel&secret=%' });
    assert.deepEqual(
      server.requests.map(({ method, search }) => method + search),
      Array.from({ length: 6 }, () => 'POST'),
    );
    use({ status: 503 });
    await assert.rejects(oauthOf(clock).revoke(application(), held()), { code: 'server_failed' });
    use('reset');
    await assert.rejects(oauthOf(clock).revoke(application(), held()), { code: 'unreachable' });
    use('hang');
    await assert.rejects(oauthOf(clock, 50).revoke(application(), held()), { code: 'timed_out' });
  });

  for (const missing of [{}, { refresh_token: null }, { refresh_token: '' }]) {
    it(`LESSON: without a refresh token keep the old one: ${JSON.stringify(missing)}`, async () => {
      use(json({ access_token: 'a', expires_in: 60, ...missing }));
      const next = await refresh();
      assert.deepEqual([next.accessToken, next.refreshToken, next.scopes], ['a', 'sentinel-refresh+/=', ['daily']]);
      await assert.rejects(oauthOf(clock).exchange(application(), exchange), { code: 'token_answer_invalid' });
    });
  }

  const LIVES = [
    [{ expires_in: 60 }, NOW + 60_000],
    [{ expires_in: '60' }, NOW + 60_000],
    [{}, null],
    [{ expires_in: null }, null],
    [{ expires_in: 'soon' }, null],
    [{ expires_in: -1 }, null],
  ] as const;
  for (const [life, expiresAt] of LIVES) {
    it(`name their end, or none: ${JSON.stringify(life)}`, async () => {
      use(json({ access_token: 'a', refresh_token: 'r', ...life }));
      assert.equal((await refresh()).expiresAt, expiresAt);
    });
  }

  const TROUBLES: readonly (readonly [what: string, reply: Reply, code: string])[] = [
    ['a web page', { headers: { 'content-type': 'text/html' }, body: '<p>sentinel</p>' }, 'token_answer_invalid'],
    ['a web page that says forbidden', { status: 403, headers: { 'content-type': 'text/html' }, body: '<p>sentinel</p>' }, 'server_failed'],
    ['a redirect', { status: 302, headers: { location: '/sentinel' } }, 'token_answer_invalid'],
    ['nothing', { headers: { 'content-type': 'application/json' }, body: '' }, 'token_answer_invalid'],
    ['a text', json('sentinel'), 'token_answer_invalid'],
    ['a list', json(['sentinel']), 'token_answer_invalid'],
    ['half of JSON', { headers: { 'content-type': 'application/json' }, body: '{"access_token":"sentinel' }, 'token_answer_invalid'],
    ['no access token', json({ refresh_token: 'sentinel', expires_in: 60 }), 'token_answer_invalid'],
    ['an access token with a space', json({ access_token: 'sentinel x', refresh_token: 'r' }), 'token_answer_invalid'],
    ['an error of the server', json({ error: 'sentinel' }, 500), 'server_failed'],
    ['a page of a gateway', { status: 502, headers: { 'content-type': 'text/html' }, body: 'sentinel' }, 'server_failed'],
    ['a wish to wait', json({ error: 'sentinel' }, 429, { 'retry-after': '7' }), 'rate_limited'],
    ['a closed connection', 'reset', 'unreachable'],
    [
      'half an answer',
      { headers: { 'content-length': '99', 'content-type': 'application/json' }, start: '{"se', then: 'reset' },
      'unreachable',
    ],
    ['silence', 'hang', 'timed_out'],
    ['half an answer, then silence', { headers: { 'content-type': 'application/json' }, start: '{"se', then: 'hang' }, 'timed_out'],
    ['a spent token', json({ error: 'invalid_grant', error_description: 'sentinel' }, 400), 'grant_ended'],
    ['a spent token, said with 401', json({ error: 'invalid_grant' }, 401), 'grant_ended'],
    ['an unknown client', json({ error: 'invalid_client' }, 400), 'client_refused'],
    ['401 without a reason', { status: 401 }, 'server_failed'],
    ['a refusal of something on the way', json({ error: 'sentinel' }, 403), 'server_failed'],
    ['a refusal of another kind', json({ error: 'invalid_request' }, 400), 'request_refused'],
  ];
  for (const [what, answer, code] of TROUBLES) {
    it(`become ${code} for ${what}, and nothing of them or the request is told`, async () => {
      use(answer);
      await assert.rejects(refresh(200), (error: unknown) => {
        assert.ok(error instanceof OuraError);
        assert.equal(error.code, code);
        assert.doesNotMatch(inspect(error, { depth: 12, showHidden: true }), /sentinel/);
        return true;
      });
    });
  }

  const WALL = { status: 403, headers: { 'content-type': 'text/html' }, body: '<p>blocked</p>' };
  const UNKNOWN = json({ error: 'invalid_client' }, 401);

  it('are not asked for at the other address when something stands in front of the own one', async () => {
    use(({ path: asked }) => (asked === NEW ? UNKNOWN : WALL));
    await assert.rejects(refresh(), { code: 'server_failed', params: { status: 403, path: LEGACY }, retry: 'later' });
    assert.deepEqual(
      server.requests.map(({ path: asked }) => asked),
      [LEGACY],
    );
  });

  it('are asked for at the other address when the own one does not know the application any more', async () => {
    for (const own of [UNKNOWN, json({ error: 'invalid_request' }, 400)]) {
      use(({ path: asked }) => (asked === NEW ? json({ access_token: 'a', refresh_token: 'r' }) : own));
      assert.equal((await refresh()).tokenUrl, server.url + NEW);
      use(({ path: asked }) => (asked === NEW ? WALL : own));
      await assert.rejects(refresh(), { code: 'server_failed' });
    }
  });

  it('call the client wrong only if both addresses say so', async () => {
    for (const [first, second, code] of [
      [WALL, UNKNOWN, 'server_failed'],
      [UNKNOWN, WALL, 'server_failed'],
      [json({ error: 'invalid_request' }, 400), UNKNOWN, 'request_refused'],
      [UNKNOWN, UNKNOWN, 'client_refused'],
    ] as const) {
      use(({ path: asked }) => (asked === NEW ? second : first));
      await assert.rejects(oauthOf(clock).exchange(application(), exchange), { code });
    }
    use(({ path: asked }) => (asked === NEW ? json({ access_token: 'a', refresh_token: 'r' }) : WALL));
    assert.equal((await oauthOf(clock).exchange(application(), exchange)).accessToken, 'a');
  });

  it('name the wait that Oura asks for', async () => {
    use(json({}, 429, { 'retry-after': '7' }));
    await assert.rejects(refresh(), { code: 'rate_limited', retryAfterMs: 7000 });
  });

  it('do not come from a place that is not there', async () => {
    const url = server.url;
    await server.close();
    const gone = { ...application(), tokenUrls: [`${url}/oauth/token`] };
    await assert.rejects(oauthOf(clock).refresh(gone, held()), {
      code: 'unreachable',
      params: { host: new URL(url).host, reason: 'ECONNREFUSED' },
    });
    await assert.rejects(oauthOf(clock).refresh({ ...gone, tokenUrls: ['nonsense'] }, held()), { code: 'address_invalid' });
  });

  it('do not come from a place that is not trusted', async () => {
    const read = (name: string): string => readFileSync(path.join(__dirname, '../fixtures/tls', name), 'utf8');
    const secure = await startServer(() => 'reset', { key: read('key.pem'), cert: read('cert.pem') });
    const unsafe = { ...application(), tokenUrls: [`${secure.url}/oauth/token`], revokeUrl: `${secure.url}/oauth/revoke` };
    await assert.rejects(oauthOf(clock).refresh(unsafe, held()), { code: 'tls_failed' });
    await assert.rejects(oauthOf(clock).revoke(unsafe, held()), { code: 'tls_failed' });
    assert.equal(secure.requests.length, 0);
    await secure.close();
  });

  it('are not asked for with an id or secret that no application has', async () => {
    const odd = { ...application(), clientSecret: 'sécret' };
    await assert.rejects(oauthOf(clock).refresh(odd, held()), { code: 'client_refused' });
    assert.equal(server.requests.length, 0);
  });

  it('of a probe that say nothing clear lead to no address, and a server that is away is named', async () => {
    use(json({ error: 'invalid_request' }, 400));
    assert.equal(await oauthOf(clock).probe(application()), null);
    use(json({ access_token: 'a' }));
    assert.equal(await oauthOf(clock).probe(application()), null);
    use(({ path: asked }) => (asked === NEW ? json({ error: 'invalid_grant' }, 400) : 'reset'));
    assert.equal(await oauthOf(clock).probe(application()), `${server.url}${NEW}`);
    use(({ path: asked }) => (asked === NEW ? json({ error: 'invalid_client' }, 401) : 'reset'));
    await assert.rejects(oauthOf(clock).probe(application()), { code: 'unreachable' });
    for (const { body } of server.requests) assert.doesNotMatch(body, /sentinel-(refresh|access|code)/);
  });
});
