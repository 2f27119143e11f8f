import assert from 'node:assert/strict';
import { systemRandom } from '../../../lib/async/system-random';
import { TokenFiles } from '../../../lib/auth/token-files';
import type { TokenRequests } from '../../../lib/auth/token-requests';
import type { TokenPlace } from '../../../lib/auth/token-task';
import type { Clock } from '../../../lib/ports/clock';
import type { OAuthApplication } from '../../../lib/ports/oauth';
import type { TokenSet } from '../../../lib/ports/token-store';
import { FolderFiles } from '../../../lib/store/folder-files';
import type { TestCloud } from '../../simulator/server/support/test-cloud';
import { applicationOf, consent, startCloud, tokenRequests } from '../support/oauth-rig';

/** @param folder where the tokens are; read in each test anew */
export function tokenRequestsContract(folder: () => string, open: (place: TokenPlace, clock: Clock) => TokenRequests): void {
  let cloud: TestCloud;
  let requests: TokenRequests;
  let store: TokenFiles;
  let application: OAuthApplication;
  beforeEach(async () => {
    cloud = await startCloud();
    application = applicationOf(cloud);
    const place = { folder: folder(), secrets: ['secret'], installation: 'here', userAgent: 'test/1' };
    store = new TokenFiles({ ...place, secrets: () => place.secrets, files: new FolderFiles(folder()), random: systemRandom });
    requests = open(place, cloud.server.clock);
  });
  afterEach(() => cloud.close());

  const signIn = async (): Promise<TokenSet> => {
    const tokens = await requests.exchange(application, await consent(cloud, application));
    store.save('a', tokens);
    return tokens;
  };
  const works = async ({ accessToken }: TokenSet): Promise<boolean> => (await cloud.get('sleep', {}, accessToken)).status === 200;

  it('turn a code into tokens by the clock of the one who asks, and save nothing', async () => {
    const tokens = await requests.exchange(application, await consent(cloud, application));
    assert.equal(await works(tokens), true);
    assert.ok(Math.abs(tokens.obtainedAt - cloud.control.now) < 30_000); // a process of its own takes its time
    assert.equal((tokens.expiresAt ?? 0) - tokens.obtainedAt, 86_400_000);
    assert.deepEqual(store.accounts(), []);
  });

  it('renew, save, and tell what is kept to those who come late', async () => {
    const held = await signIn();
    const renewal = await requests.renew({ accountId: 'a', application, held });
    assert.equal(renewal.unsaved, null);
    assert.equal(await works(renewal.tokens), true);
    assert.deepEqual(store.load('a'), { tokens: renewal.tokens, foreign: false });
    assert.deepEqual(await requests.renew({ accountId: 'a', application, held }), renewal);
    assert.equal(tokenRequests(cloud).length, 2);
    assert.deepEqual(new FolderFiles(folder()).names(), ['a.token']);
  });

  it('say by the same errors what goes wrong', async () => {
    const held = await signIn();
    cloud.control.fail({ match: { path: '/oauth/token' }, status: 429, headers: { 'retry-after': '7' }, times: 1 });
    await assert.rejects(requests.renew({ accountId: 'a', application, held }), { code: 'rate_limited', retryAfterMs: 7000 });
    cloud.control.fail({ match: { path: '/oauth/token' }, status: 503, times: 1 });
    const failed = { code: 'server_failed', params: { status: 503, path: '/oauth/token' } };
    await assert.rejects(requests.renew({ accountId: 'a', application, held }), failed);
    const wrong = { ...application, clientSecret: 'wrong' };
    await assert.rejects(requests.exchange(wrong, await consent(cloud, application)), { code: 'client_refused' });
    await assert.rejects(requests.renew({ accountId: '../a', application, held }), { code: 'unexpected' });
    store.remove('a');
    await assert.rejects(requests.renew({ accountId: 'a', application, held }), { code: 'sign_in_needed' });
  });

  it('revoke, and know then why a renewal is refused', async () => {
    const held = await signIn();
    await requests.revoke(application, held);
    assert.equal(await works(held), false);
    await assert.rejects(requests.renew({ accountId: 'a', application, held }), { code: 'grant_ended', retry: 'after-user-action' });
  });

  it('find the portal of an application', async () => {
    const other = applicationOf(cloud, 'new');
    assert.equal(await requests.probe({ ...other, tokenUrls: application.tokenUrls }), other.tokenUrls[0]);
    cloud.control.fail({ status: 400, body: { error: 'invalid_request' } });
    assert.equal(await requests.probe(other), null);
  });
}
