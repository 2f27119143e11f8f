import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestCloud } from '../simulator/server/support/test-cloud';
import { startServer } from '../support/http-server';
import { applicationOf, consent, oauthOf, startCloud } from './support/oauth-rig';
import { TestProxy } from './support/test-proxy';

const BASE = 'http://oura.invalid';

describe('token requests where the environment names a proxy', () => {
  let cloud: TestCloud;
  let proxy: TestProxy | null = null;
  beforeEach(async () => {
    cloud = await startCloud();
  });
  afterEach(async () => {
    await proxy?.close();
    proxy = null;
    await cloud.close();
  });

  it('go through it: a sign-in, a renewal, the end of it, and the search for the portal', async () => {
    const application = {
      ...applicationOf(cloud),
      tokenUrls: [`${BASE}/oauth/token`, `${BASE}/oauth/v2/ext/oauth-token`],
      revokeUrl: `${BASE}/oauth/revoke`,
    };
    const exchange = await consent(cloud, application);
    proxy = await TestProxy.start(cloud.server.url);
    const oauth = oauthOf(cloud.server.clock);
    assert.equal(await oauth.probe(application), application.tokenUrls[0]);
    const tokens = await oauth.refresh(application, await oauth.exchange(application, exchange));
    await oauth.revoke(application, tokens);
    await assert.rejects(oauth.refresh(application, tokens), { code: 'grant_ended' });
    const token = `POST ${BASE}/oauth/token`;
    assert.deepEqual(proxy.asked, [token, token, token, `POST ${BASE}/oauth/revoke`, token]);
  });

  it('go directly to hosts that need no proxy', async () => {
    const application = applicationOf(cloud);
    const exchange = await consent(cloud, application);
    proxy = await TestProxy.start(cloud.server.url, 'localhost,127.0.0.1');
    const oauth = oauthOf(cloud.server.clock);
    await oauth.revoke(application, await oauth.exchange(application, exchange));
    assert.deepEqual(proxy.asked, []);
  });

  it('go through a tunnel where they are encrypted, and end there when the other end is not trusted', async () => {
    const read = (name: string): string => readFileSync(path.join(__dirname, '../fixtures/tls', name), 'utf8');
    const secure = await startServer(() => 'reset', { key: read('key.pem'), cert: read('cert.pem') });
    proxy = await TestProxy.start(secure.url);
    const revokeUrl = 'https://oura.invalid/oauth/revoke';
    const application = { ...applicationOf(cloud), tokenUrls: ['https://oura.invalid/oauth/token'], revokeUrl };
    const oauth = oauthOf(cloud.server.clock);
    await assert.rejects(oauth.probe(application), { code: 'tls_failed' });
    assert.deepEqual([proxy.asked, secure.requests.length], [['CONNECT oura.invalid:443'], 0]);
    await secure.close();
  });

  it('are told as not sent when the proxy is not there', async () => {
    const application = { ...applicationOf(cloud), tokenUrls: [`${BASE}/oauth/token`] };
    proxy = await TestProxy.start(cloud.server.url);
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    await assert.rejects(oauthOf(cloud.server.clock).probe(application), {
      code: 'unreachable',
      params: { host: 'oura.invalid', reason: 'ECONNREFUSED' },
    });
  });
});
