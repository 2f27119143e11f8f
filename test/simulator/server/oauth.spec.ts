import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { HandPerson } from './support/hand-person';
import { TestCloud, type Got } from './support/test-cloud';

const CALLBACK = 'http://localhost:1880/oura/oauth/callback';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const LEGACY = { client_id: 'legacy-app', client_secret: 'legacy-secret' };
const NEW = { client_id: 'new-app', client_secret: 'new-secret' };
const URLS = { legacy: '/oauth/token', new: '/oauth/v2/ext/oauth-token' } as const;
type Texts = Readonly<Record<string, string>>;
type Tokens = Readonly<{
  access_token: string;
  refresh_token: string;
  expires_in: number;
  token_type: string;
  scope?: string;
  id_token?: string;
}>;

describe('the sign-in of the stand-in (API facts, section 4)', () => {
  let cloud: TestCloud;
  beforeEach(async () => {
    cloud = await TestCloud.start([new HandPerson([]), new HandPerson([], { id: 'person-2' })], '2026-11-24T08:00:00Z');
  });
  afterEach(() => cloud.close());

  const authorize = async (query: Texts, path = '/oauth/authorize'): Promise<URL> => {
    const got = await cloud.get(path, { redirect_uri: CALLBACK, response_type: 'code', state: 'xyz', ...query }, null);
    assert.equal(got.status, 302, got.text);
    return new URL(got.headers.get('location') ?? '');
  };
  const code = async (query: Texts): Promise<string> => (await authorize(query)).searchParams.get('code') ?? '';
  const post = (path: string, form: Texts, headers: Texts = {}): Promise<Got> =>
    cloud.send('POST', path, { ...FORM, ...headers }, new URLSearchParams(form).toString());
  const exchange = (url: string, client: Texts, value: string, more: Texts = {}): Promise<Got> =>
    post(url, { ...client, grant_type: 'authorization_code', code: value, redirect_uri: CALLBACK, ...more });
  const refresh = (url: string, client: Texts, token: string): Promise<Got> =>
    post(url, { ...client, grant_type: 'refresh_token', refresh_token: token });
  const tokens = async (client: Texts = LEGACY, url: string = URLS.legacy): Promise<Tokens> =>
    (await exchange(url, client, await code({ client_id: client['client_id'] ?? '' }))).body as Tokens;
  const outcome = ({ status, body }: Got): readonly [number, unknown] => [status, (body as { error?: unknown }).error];

  it('consents at once: code, state and "`scope` also echoed on callback = GRANTED set"', async () => {
    const back = await authorize({ client_id: 'legacy-app', scope: 'daily heartrate' });
    assert.equal(back.origin + back.pathname, CALLBACK);
    assert.equal(back.searchParams.get('state'), 'xyz');
    assert.equal(back.searchParams.get('scope'), 'daily heartrate');
    assert.equal(back.searchParams.has('iss'), false);
  });

  it('"New IdP adds `iss=…`", on both authorize addresses', async () => {
    for (const path of ['/oauth/authorize', '/oauth/v2/ext/oauth-authorize']) {
      const back = await authorize({ client_id: 'new-app' }, path);
      assert.equal(back.searchParams.get('iss'), 'https://moi.ouraring.com/oauth/v2/ext/oauth-anonymous');
    }
  });

  it('"Authorize silently drops unknown names (e.g. `spo2Daily`). Empty scope = all. User may untick."', async () => {
    assert.equal((await authorize({ client_id: 'legacy-app', scope: 'daily spo2Daily spo2' })).searchParams.get('scope'), 'daily spo2');
    assert.equal((await authorize({ client_id: 'legacy-app' })).searchParams.get('scope')?.split(' ').length, 11);
    cloud.control.setConsent({ scopes: ['daily'] });
    assert.equal((await authorize({ client_id: 'legacy-app', scope: 'daily spo2' })).searchParams.get('scope'), 'daily');
    const { access_token } = await tokens();
    assert.equal((await cloud.get('sleep', {}, access_token)).status, 200);
    assert.equal((await cloud.get('daily_spo2', {}, access_token)).status, 401);
  });

  it('"errors `error=access_denied`"', async () => {
    cloud.control.setConsent({ denied: true });
    const back = await authorize({ client_id: 'legacy-app' });
    assert.equal(back.searchParams.get('error'), 'access_denied');
    assert.equal(back.searchParams.get('state'), 'xyz');
    assert.equal(back.searchParams.has('code'), false);
  });

  it('"redirect URI: exact match"', async () => {
    cloud.control.addApplication({ clientId: 'strict', clientSecret: 's', portal: 'legacy', redirectUris: [CALLBACK] });
    const slash = await cloud.get('/oauth/authorize', { client_id: 'strict', response_type: 'code', redirect_uri: `${CALLBACK}/` }, null);
    assert.equal(slash.status, 400);
    assert.equal((await authorize({ client_id: 'strict' })).searchParams.has('code'), true);
    const unknown = await cloud.get('/oauth/authorize', { client_id: 'nobody', response_type: 'code', redirect_uri: CALLBACK }, null);
    assert.equal(unknown.status, 400);
    const got = await exchange(URLS.legacy, LEGACY, await code({ client_id: 'legacy-app' }), { redirect_uri: `${CALLBACK}/` });
    assert.deepEqual(outcome(got), [400, 'invalid_grant']);
  });

  it('"response_type=token": token in the fragment, 30 days, no refresh token', async () => {
    const back = await authorize({ client_id: 'legacy-app', response_type: 'token', scope: 'daily' });
    const fragment = new URLSearchParams(back.hash.slice(1));
    assert.equal(fragment.get('expires_in'), '2592000');
    assert.equal(fragment.has('refresh_token'), false);
    assert.equal((await cloud.get('sleep', {}, fragment.get('access_token'))).status, 200);
    assert.equal((await authorize({ client_id: 'legacy-app', response_type: 'x' })).searchParams.get('error'), 'unsupported_response_type');
  });

  it('answers a code with tokens of the person who consented', async () => {
    cloud.control.setConsent({ personId: 'person-2' });
    const got = await exchange(URLS.legacy, LEGACY, await code({ client_id: 'legacy-app', scope: 'daily' }));
    assert.equal(got.status, 200);
    const { access_token, refresh_token, ...rest } = got.body as Tokens;
    assert.deepEqual(rest, { token_type: 'bearer', expires_in: 86_400 });
    assert.notEqual(access_token, refresh_token);
    assert.deepEqual((await cloud.get('personal_info', {}, access_token)).body, { id: 'person-2' });
  });

  it('"new IdP also id_token, scope (`extapi:`-prefixed)"', async () => {
    const got = await exchange(URLS.new, NEW, await code({ client_id: 'new-app', scope: 'daily spo2' }));
    const { scope, id_token } = got.body as Tokens;
    assert.equal(scope, 'extapi:daily extapi:spo2');
    assert.equal(typeof id_token, 'string');
  });

  it('"code lifetime 10 min, single use"', async () => {
    const once = await code({ client_id: 'legacy-app' });
    assert.equal((await exchange(URLS.legacy, LEGACY, once)).status, 200);
    assert.deepEqual(outcome(await exchange(URLS.legacy, LEGACY, once)), [400, 'invalid_grant']);
    const late = await code({ client_id: 'legacy-app' });
    cloud.control.advance(10 * 60_000);
    assert.deepEqual(outcome(await exchange(URLS.legacy, LEGACY, late)), [400, 'invalid_grant']);
    assert.deepEqual(outcome(await exchange(URLS.legacy, LEGACY, 'never-issued')), [400, 'invalid_grant']);
  });

  it('LESSON: "Read `expires_in`": the lifetime can be set, and tokens end with it', async () => {
    cloud.control.change({ oauth: { expiresInSeconds: 2_592_000 } });
    const { access_token, expires_in } = await tokens();
    assert.equal(expires_in, 2_592_000);
    cloud.control.advance(expires_in * 1000 - 1);
    assert.equal((await cloud.get('sleep', {}, access_token)).status, 200);
    cloud.control.advance(1);
    assert.equal((await cloud.get('sleep', {}, access_token)).status, 401);
  });

  it('LESSON: "refresh: rotates, single-use"', async () => {
    const first = await tokens();
    const second = (await refresh(URLS.legacy, LEGACY, first.refresh_token)).body as Tokens;
    assert.notEqual(second.refresh_token, first.refresh_token);
    const again = await refresh(URLS.legacy, LEGACY, first.refresh_token);
    assert.deepEqual(again.body, { error: 'invalid_grant', error_description: 'Token Already Used Or Revoked' });
    assert.equal(again.status, 400);
    const third = await refresh(URLS.legacy, LEGACY, second.refresh_token);
    assert.equal(third.status, 200);
    assert.equal((await cloud.get('sleep', {}, (third.body as Tokens).access_token)).status, 200);
  });

  it('ends the whole sign-in on reuse where that is set', async () => {
    cloud.control.change({ oauth: { reuseRevokesGrant: true } });
    const first = await tokens();
    const second = (await refresh(URLS.legacy, LEGACY, first.refresh_token)).body as Tokens;
    await refresh(URLS.legacy, LEGACY, first.refresh_token);
    assert.deepEqual(outcome(await refresh(URLS.legacy, LEGACY, second.refresh_token)), [400, 'invalid_grant']);
    assert.equal((await cloud.get('sleep', {}, second.access_token)).status, 401);
  });

  it('LESSON: lets only one of many refreshes with one token win', async () => {
    const first = await tokens();
    const all = await Promise.all(Array.from({ length: 10 }, () => refresh(URLS.legacy, LEGACY, first.refresh_token)));
    assert.deepEqual(all.map(({ status }) => status).toSorted(), [200, ...Array.from({ length: 9 }, () => 400)]);
  });

  it('does not refresh the token of another application', async () => {
    const { refresh_token } = await tokens();
    cloud.control.addApplication({ clientId: 'other', clientSecret: 's', portal: 'legacy' });
    const got = await refresh(URLS.legacy, { client_id: 'other', client_secret: 's' }, refresh_token);
    assert.deepEqual(outcome(got), [400, 'invalid_grant']);
    assert.equal((await refresh(URLS.legacy, LEGACY, refresh_token)).status, 200);
  });

  for (const [portal, client, wrong] of [
    ['new', NEW, 'legacy'],
    ['legacy', LEGACY, 'new'],
  ] as const) {
    it(`LESSON: ${portal} application at the ${wrong} address: "refresh 400 \`invalid_request\` and code exchange 401", "may burn the single-use code"`, async () => {
      const { refresh_token } = await tokens(client, URLS[portal]);
      assert.deepEqual(outcome(await refresh(URLS[wrong], client, refresh_token)), [400, 'invalid_request']);
      assert.equal((await refresh(URLS[portal], client, refresh_token)).status, 200);
      const burnt = await code({ client_id: client.client_id });
      assert.equal((await exchange(URLS[wrong], client, burnt)).status, 401);
      assert.deepEqual(outcome(await exchange(URLS[portal], client, burnt)), [400, 'invalid_grant']);
      cloud.control.change({ oauth: { wrongPortalBurnsCode: false } });
      const kept = await code({ client_id: client.client_id });
      assert.equal((await exchange(URLS[wrong], client, kept)).status, 401);
      assert.equal((await exchange(URLS[portal], client, kept)).status, 200);
    });
  }

  it('"client auth: form body client_id/secret, or HTTP Basic"', async () => {
    const basic = (secret: string): Texts => ({ authorization: `Basic ${Buffer.from(`legacy-app:${secret}`).toString('base64')}` });
    const form = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code: await code({ client_id: 'legacy-app' }) };
    assert.deepEqual(outcome(await post(URLS.legacy, form, basic('wrong'))), [401, 'invalid_client']);
    assert.deepEqual(outcome(await post(URLS.legacy, form)), [401, 'invalid_client']);
    assert.equal((await post(URLS.legacy, form, basic('legacy-secret'))).status, 200);
  });

  it('"PKCE: others send S256 and work"; a wrong verifier does not', async () => {
    const verifier = 'a-verifier-of-at-least-forty-three-characters-length';
    const code_challenge = createHash('sha256').update(verifier).digest('base64url');
    const query = { client_id: 'legacy-app', code_challenge, code_challenge_method: 'S256' };
    assert.deepEqual(outcome(await exchange(URLS.legacy, LEGACY, await code(query))), [400, 'invalid_grant']);
    assert.deepEqual(outcome(await exchange(URLS.legacy, LEGACY, await code(query), { code_verifier: 'other' })), [400, 'invalid_grant']);
    assert.equal((await exchange(URLS.legacy, LEGACY, await code(query), { code_verifier: verifier })).status, 200);
    const plain = await authorize({ ...query, code_challenge_method: 'plain' });
    assert.equal(plain.searchParams.get('error'), 'invalid_request');
  });

  it('answers RFC 6749 errors to requests it cannot use', async () => {
    assert.deepEqual(outcome(await post(URLS.legacy, LEGACY)), [400, 'invalid_request']);
    assert.deepEqual(outcome(await post(URLS.legacy, { ...LEGACY, grant_type: 'password' })), [400, 'unsupported_grant_type']);
    assert.deepEqual(outcome(await post(URLS.legacy, { ...LEGACY, grant_type: 'refresh_token' })), [400, 'invalid_request']);
    assert.equal((await cloud.send('GET', '/oauth/token')).status, 405);
  });

  for (const method of ['POST', 'GET'])
    it(`"revoke: \`/oauth/revoke?access_token=…\`" by ${method} ends the sign-in`, async () => {
      const { access_token, refresh_token } = await tokens();
      assert.equal((await cloud.send(method, `/oauth/revoke?access_token=${access_token}`)).status, 200);
      assert.equal((await cloud.get('sleep', {}, access_token)).status, 401);
      assert.deepEqual(outcome(await refresh(URLS.legacy, LEGACY, refresh_token)), [400, 'invalid_grant']);
      assert.equal((await cloud.send(method, '/oauth/revoke?access_token=unknown')).status, 200);
      assert.equal((await cloud.send(method, '/oauth/revoke')).status, 400);
    });

  it('LESSON: "the answer to a renewal is lost": the token is spent all the same', async () => {
    const { refresh_token } = await tokens();
    cloud.control.fail({ match: { path: URLS.legacy }, times: 1, dropConnection: 'after' });
    await assert.rejects(refresh(URLS.legacy, LEGACY, refresh_token));
    assert.deepEqual(outcome(await refresh(URLS.legacy, LEGACY, refresh_token)), [400, 'invalid_grant']);
  });

  it('shows no secret in the list of requests', async () => {
    const { access_token } = await tokens();
    await cloud.send('POST', `/oauth/revoke?access_token=${access_token}`);
    const shown = JSON.stringify(cloud.control.requests());
    for (const secret of [access_token, 'legacy-secret']) assert.equal(shown.includes(secret), false);
  });
});
