import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../lib/async/system-clock';
import { systemRandom } from '../../lib/async/system-random';
import type { CheckAnswer, Found, Progress, Refusal, StartAnswer, TestAnswer } from '../../lib/accounts/wire';
import { SimulatorServer } from '../../lib/simulator/server/simulator-server';
import { HandPerson } from '../simulator/server/support/hand-person';
import { consent } from '../support/consent';
import { dailySleep, night } from '../support/days';
import { packedPackage, type PackedPackage } from '../support/packed-package';
import { RealNodeRed } from '../support/real-node-red';

const SECRET = 'legacy-secret';
/** bcrypt of `password`. */
const PASSWORD = '$2b$08$GRKAQs./rD1o33U63VHWHuVk3flMZp06oCY7uTBQ3Et2zwPPW7TIq';

interface Got<T> {
  readonly status: number;
  readonly text: string;
  readonly body: T;
}

/** The set-up over real HTTP, in a real Node-RED, with the package as people install it. */
describe('the set-up in a real Node-RED', function () {
  this.timeout(180_000);
  let cloud: SimulatorServer;
  let packed: PackedPackage;
  let nodeRed: RealNodeRed;

  before(() => {
    packed = packedPackage();
  });
  after(() => {
    packed.clear();
  });
  beforeEach(async () => {
    const today = new Date(systemClock.now()).toISOString().slice(0, 10);
    const person = new HandPerson([dailySleep(today, 72), night(today)], { zone: 'UTC' });
    cloud = await SimulatorServer.start({ persons: [person], clock: systemClock, random: systemRandom });
  });
  afterEach(async () => {
    await nodeRed.clear();
    await cloud.close();
  });

  async function start(settings: object = {}, env: NodeJS.ProcessEnv = {}, userDir?: string): Promise<void> {
    nodeRed = await RealNodeRed.start('node-red', { settings, env, ...(userDir === undefined ? { flows: [] } : { userDir }) });
  }

  const root = (settings: { readonly httpAdminRoot?: string } = {}): string => nodeRed.url + (settings.httpAdminRoot ?? '');
  async function call<T>(
    method: 'GET' | 'POST',
    route: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Got<T>> {
    const answer = await fetch(`${root()}/oura/account/${route}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, body: JSON.parse(text) as T }; // every answer of these routes is JSON
  }

  const values = (more: object = {}): object => ({
    mode: 'oauth2',
    name: 'Ann',
    apiBase: cloud.url,
    clientId: 'legacy-app',
    clientSecret: SECRET,
    redirectUri: `${nodeRed.url}/oura/oauth/callback`,
    ...more,
  });
  const account = (more: object = {}): object => ({
    id: 'a1',
    type: 'oura-account',
    name: 'Ann',
    slug: 'ann',
    mode: 'oauth2',
    apiBase: cloud.url,
    redirectUri: `${nodeRed.url}/oura/oauth/callback`,
    credentials: { clientId: 'legacy-app', clientSecret: SECRET },
    ...more,
  });

  async function signIn(id: string, given = values()): Promise<Response> {
    const { body } = await call<StartAnswer>('POST', `${id}/start`, { values: given });
    return await fetch(await consent(body.authorizeUrl));
  }

  it('works before the first Deploy and after it', async () => {
    await start();
    await packed.install(nodeRed);
    assert.deepEqual((await call<Progress>('GET', 'a1/progress')).body, { phase: 'none', error: null, scopes: null, signedIn: false });
    const wrong = await call<Refusal>('POST', 'a1/check', { step: 'application', values: values({ clientSecret: 'wrong' }) });
    assert.deepEqual([wrong.status, wrong.body.errors], [422, [{ field: 'clientSecret', code: 'client_refused', params: {} }]]);
    const right = await call<CheckAnswer>('POST', 'a1/check', { step: 'application', values: values() });
    assert.deepEqual([right.status, right.body], [200, { fromEnvironment: [], tokenUrl: `${cloud.url}/oauth/token` }]);
    const page = await signIn('a1');
    assert.equal(page.status, 200);
    assert.match(await page.text(), /Signed in/);
    assert.equal((await call<Progress>('GET', 'a1/progress')).body.phase, 'signed_in');
    const { body: test } = await call<TestAnswer>('POST', 'a1/test', { values: values() });
    assert.equal(test.standing, 'new');
    assert.deepEqual(
      test.families.filter(({ works }) => !works),
      [],
    );

    await nodeRed.deploy([account()]);
    await nodeRed.until('the first data', () => cloud.control.requests().some(({ path }) => path.endsWith('/daily_sleep')));
    const after = await call<TestAnswer>('POST', 'a1/test', { values: values({ clientSecret: '__PWRD__' }) });
    assert.equal(after.body.standing, 'same');
    assert.equal((await call('POST', 'a1/check', { step: 'application', values: values({ clientSecret: '__PWRD__' }) })).status, 200);
  });

  it('takes every value from the environment, also before Deploy, and names the one that is missing', async () => {
    await start({}, { OURA_CLIENT_ID: 'legacy-app', OURA_CLIENT_SECRET: SECRET });
    await packed.install(nodeRed);
    const { body: found } = await call<Found>('GET', '-/found');
    assert.deepEqual(found, {
      addOn: false,
      environment: ['OURA_CLIENT_ID', 'OURA_CLIENT_SECRET'],
      callbackPath: '/oura/oauth/callback',
      callbackLogin: false,
    });
    const given = values({ clientId: '${OURA_CLIENT_ID}', clientSecret: '${OURA_CLIENT_SECRET}' });
    const { body } = await call<CheckAnswer>('POST', 'a1/check', { step: 'application', values: given });
    assert.deepEqual(body.fromEnvironment, ['clientId', 'clientSecret']);
    assert.equal((await signIn('a1', given)).status, 200);
    const { status, body: refusal } = await call<Refusal>('POST', 'a1/check', {
      step: 'application',
      values: values({ clientId: '${NOT_THERE}' }),
    });
    assert.deepEqual([status, refusal.errors], [422, [{ field: 'clientId', code: 'environment_missing', params: { name: 'NOT_THERE' } }]]);
  });

  it('says what stands in the way of the callback', async () => {
    await start({ httpNodeRoot: '/endpoint', httpNodeAuth: { user: 'u', pass: PASSWORD } });
    await packed.install(nodeRed);
    const { body } = await call<Found>('GET', '-/found');
    assert.deepEqual([body.callbackPath, body.callbackLogin], ['/endpoint/oura/oauth/callback', true]);
    const given = values({ redirectUri: `${nodeRed.url}/endpoint/oura/oauth/callback` });
    assert.equal((await signIn('a1', given)).status, 401);
    const { body: begun } = await call<StartAnswer>('POST', 'a1/start', { values: given });
    const pasted = await call<Progress>('POST', 'a1/paste', { address: await consent(begun.authorizeUrl) });
    assert.equal(pasted.body.phase, 'signed_in'); // the way that always works
  });

  it('lets nobody in who may not, and nothing through that was not asked for', async () => {
    const users = [
      { username: 'admin', permissions: '*' },
      { username: 'reader', permissions: 'read' },
    ].map((user) => ({ ...user, password: PASSWORD }));
    await start();
    await packed.install(nodeRed);
    const { userDir } = nodeRed;
    await nodeRed.end();
    await start({ adminAuth: { type: 'credentials', users } }, {}, userDir);
    const bearer = async (username: string, scope: string): Promise<Readonly<Record<string, string>>> => {
      const form = new URLSearchParams({ client_id: 'node-red-admin', grant_type: 'password', scope, username, password: 'password' });
      const answer = await fetch(`${nodeRed.url}/auth/token`, { method: 'POST', body: form });
      const { access_token } = (await answer.json()) as { access_token: string }; // Node-RED's documented answer
      return { authorization: `Bearer ${access_token}` };
    };
    const [admin, reader] = [await bearer('admin', '*'), await bearer('reader', 'read')];
    const statuses = async (headers: Readonly<Record<string, string>>): Promise<readonly number[]> => {
      const asked = ['a1/progress', '-/found'].map((route) => fetch(`${nodeRed.url}/oura/account/${route}`, { headers }));
      const told = [
        ...['a1/check', 'a1/start', 'a1/paste', 'a1/cancel', 'a1/sign-out', 'a1/test', 'a1/confirm-person'],
        ...['a1/webhook-address', 'a1/check-address'],
      ].map((route) =>
        fetch(`${nodeRed.url}/oura/account/${route}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: '{}',
        }),
      );
      return (await Promise.all([...asked, ...told])).map(({ status }) => status);
    };
    assert.deepEqual(new Set(await statuses({})), new Set([401]));
    assert.deepEqual(await statuses(reader), [200, 200, 401, 401, 401, 401, 401, 401, 401, 401, 401]);
    assert.deepEqual(await statuses(admin), [200, 200, 400, 400, 400, 200, 200, 400, 422, 400, 400]);

    for (const [route, body, status] of [
      ['a1/check', { step: 'who', values: { mode: 'demo', hidden: 1 } }, 400],
      ['a1/check', { step: 'nowhere', values: {} }, 400],
      ['a1/paste', { address: 'https://example.com/' }, 422],
      ['a1/cancel', { all: true }, 400],
      [`${encodeURIComponent('../../x')}/cancel`, {}, 422],
      [`${'x'.repeat(65)}/cancel`, {}, 422],
    ] as const) {
      const answer = await call<Refusal>('POST', route, body, admin);
      assert.equal(answer.status, status, route);
      assert.ok(answer.body.errors.length > 0);
    }
    const foreign = { ...admin, 'content-type': 'text/plain' }; // what a page of another origin can send unasked
    assert.equal((await call('POST', 'a1/sign-out', {}, foreign)).status, 422);
    assert.equal((await call('POST', 'a1/sign-out', {}, admin)).status, 200);
    assert.equal((await fetch(`${nodeRed.url}/oura/oauth/callback?error=access_denied&state=x`)).status, 400); // public, and harmless
    assert.equal((await fetch(`${nodeRed.url}/oura/oauth/callback?error=access_denied&state=x`, { method: 'HEAD' })).status, 405);
  });

  it('shows nothing on the callback page that somebody put into its address', async () => {
    await start();
    await packed.install(nodeRed);
    for (const query of [
      'error=%3Cscript%3Ealert(1)%3C/script%3E&state=%3Cb%3E',
      'code=%3Cimg%20src=x%3E&state=%3Cimg%3E',
      '',
      'state=a&state=b&code=c',
    ]) {
      const answer = await fetch(`${nodeRed.url}/oura/oauth/callback?${query}`);
      const text = await answer.text();
      assert.equal(answer.status, 400);
      assert.doesNotMatch(text, /<script|<img|<b>/);
      assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    }
  });

  it('survives restarts where Node-RED makes its credential secret by itself, and the choice of one later', async () => {
    const told = async (): Promise<unknown> => {
      const { phase, error } = (await call<Progress>('GET', 'a1/progress')).body;
      return error?.code ?? phase;
    };
    await start({ credentialSecret: undefined });
    await packed.install(nodeRed);
    const { userDir } = nodeRed;
    await nodeRed.end();
    rmSync(path.join(userDir, '.config.runtime.json')); // as if the package came with the very first start
    await start({ credentialSecret: undefined }, {}, userDir);
    await signIn('a1');
    await nodeRed.deploy([account()]);
    assert.equal(await told(), 'signed_in');
    for (const settings of [{ credentialSecret: undefined }, { credentialSecret: undefined }, { credentialSecret: 'chosen' }, {}]) {
      await nodeRed.end();
      await start({ credentialSecret: 'chosen', ...settings }, {}, userDir);
      assert.equal(await told(), 'signed_in');
    }
    await nodeRed.deploy([account({ name: 'Anna' })]); // Node-RED forgets the secret it made
    await nodeRed.end();
    await start({ credentialSecret: 'chosen' }, {}, userDir);
    assert.equal(await told(), 'signed_in');
  });

  it('survives restarts; with another credential secret it says so and a new sign-in mends it', async () => {
    await start();
    await packed.install(nodeRed);
    await signIn('a1');
    await nodeRed.deploy([account()]);
    const { userDir } = nodeRed;
    await nodeRed.end();
    await start({}, {}, userDir);
    assert.equal((await call<Progress>('GET', 'a1/progress')).body.phase, 'signed_in');
    await nodeRed.end();
    await start({ credentialSecret: 'another' }, {}, userDir);
    const { body } = await call<Progress>('GET', 'a1/progress');
    assert.deepEqual([body.phase, body.error?.code], ['failed', 'tokens_unreadable']);
    assert.ok(nodeRed.running);
    assert.equal((await signIn('a1', values({ redirectUri: `${nodeRed.url}/oura/oauth/callback` }))).status, 200);
    assert.equal((await call<Progress>('GET', 'a1/progress')).body.phase, 'signed_in');
  });
});
