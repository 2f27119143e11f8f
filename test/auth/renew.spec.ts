import assert from 'node:assert/strict';
import { systemRandom } from '../../lib/async/system-random';
import { renew, type RenewPorts } from '../../lib/auth/renew';
import { RenewalNotes } from '../../lib/auth/renewal-notes';
import { TokenFiles } from '../../lib/auth/token-files';
import type { Renewal } from '../../lib/auth/token-requests';
import { LIMITS } from '../../lib/catalogue/limits';
import type { OAuthApplication } from '../../lib/ports/oauth';
import type { TokenSet } from '../../lib/ports/token-store';
import { MemoryFiles } from '../../lib/store/memory-files';
import type { TestCloud } from '../simulator/server/support/test-cloud';
import { FakeClock } from '../support/fake-clock';
import { FakeRandom } from '../support/fake-random';
import { RefusingFiles } from './support/refusing-files';
import { applicationOf, oauthOf, signIn, startCloud, tokenRequests } from './support/oauth-rig';

const PATH = '/oauth/token';
const [OWN, OTHER, DEAD] = [100, 200, 300];

describe('renewing kept tokens', () => {
  let cloud: TestCloud;
  let files: RefusingFiles;
  let store: TokenFiles;
  let application: OAuthApplication;
  let first: TokenSet;
  let before: number;

  beforeEach(async () => {
    cloud = await startCloud();
    files = new RefusingFiles(new MemoryFiles());
    store = storeAt('here');
    application = applicationOf(cloud);
    first = await signIn(cloud, application);
    store.save('a', first);
    before = tokenRequests(cloud).length;
  });
  afterEach(() => cloud.close());

  const storeAt = (installation: string): TokenFiles =>
    new TokenFiles({ files, random: systemRandom, secrets: () => ['secret'], installation });
  const ports = (more: Partial<RenewPorts> = {}): RenewPorts => {
    const isAlive = (pid: number): boolean => pid === OWN || pid === OTHER;
    return { store, files, oauth: oauthOf(cloud.base), clock: cloud.base, random: systemRandom, pid: OWN, isAlive, ...more };
  };
  const run = (held = first, more: Partial<RenewPorts> = {}): Promise<Renewal> => renew({ accountId: 'a', application, held }, ports(more));
  const kept = (): TokenSet | undefined => store.load('a')?.tokens;
  const asked = (): readonly (number | null)[] =>
    tokenRequests(cloud)
      .slice(before)
      .map(([, status]) => status);
  const notes = (): readonly string[] => files.names().filter((name) => name.includes('renewing'));
  const loseAnswer = (): void => {
    cloud.control.fail({ match: { path: PATH }, dropConnection: 'after', times: 1 });
  };
  /** A note as another process puts it up. */
  const leave = (pid: number, held = first, at = cloud.base.now()): void => {
    new RenewalNotes('a', ports({ pid, clock: new FakeClock(at) })).begin(held.refreshToken);
    assert.equal(notes().length, 1);
  };

  it('saves the new tokens before it ends, and leaves nothing but them', async () => {
    const { tokens, unsaved } = await run();
    assert.deepEqual([unsaved, kept()], [null, tokens]);
    assert.notEqual(tokens.refreshToken, first.refreshToken);
    assert.equal((await cloud.get('sleep', {}, tokens.accessToken)).status, 200);
    assert.deepEqual(files.names(), ['a.token']);
    assert.deepEqual(asked(), [200]);
  });

  it('goes on for ever: each pair of tokens brings the next', async () => {
    let held = first;
    for (let renewal = 0; renewal < 5; renewal += 1) held = (await run(held)).tokens;
    assert.equal((await cloud.get('sleep', {}, held.accessToken)).status, 200);
    assert.deepEqual(asked(), [200, 200, 200, 200, 200]);
  });

  it('asks once when two ask for the same, in one process or in two', async () => {
    for (const pid of [OWN, OTHER]) {
      const held = kept() ?? first;
      const both = cloud.base.drive(Promise.all([run(held), run(held, { pid })]));
      const [one, two] = await both;
      assert.deepEqual(one.tokens, two.tokens);
      assert.notEqual(one.tokens.refreshToken, held.refreshToken);
    }
    assert.deepEqual(asked(), [200, 200]);
    assert.deepEqual(notes(), []);
  });

  it('never asks twice at once, however many begin at the same time with whatever luck', async () => {
    const random = new FakeRandom([0.1, 0.9, 0.3, 0.7, 0.5]); // for the waits; the names of notes must differ
    const many = Array.from({ length: 8 }, (_, index) =>
      run(first, { pid: index % 2 === 0 ? OWN : OTHER, random: { ...systemRandom, next: () => random.next() } }),
    );
    const all = await cloud.base.drive(Promise.all(many));
    assert.equal(new Set(all.map(({ tokens }) => tokens.refreshToken)).size, 1);
    assert.deepEqual(asked(), [200]);
  });

  it('takes what another has renewed meanwhile, without asking', async () => {
    const { tokens } = await run();
    assert.deepEqual(await run(first), { tokens, unsaved: null });
    assert.deepEqual(asked(), [200]);
  });

  it('waits for a living process, but not for ever', async () => {
    leave(OTHER);
    const start = cloud.base.now();
    await cloud.base.drive(run());
    const waited = cloud.base.now() - start;
    assert.ok(waited >= LIMITS.renewalPatienceMs && waited < LIMITS.renewalPatienceMs + 1000, String(waited));
    assert.deepEqual([asked(), notes()], [[200], []]);
  });

  it('does not wait for a process that is dead, nor for a note of another time', async () => {
    leave(DEAD);
    await run();
    leave(OTHER, kept(), cloud.base.now() - LIMITS.renewalPatienceMs);
    await run(kept());
    leave(OTHER, kept(), cloud.base.now() + LIMITS.renewalPatienceMs); // the clock was set back since
    await run(kept());
    assert.deepEqual([asked(), notes()], [[200, 200, 200], []]);
    assert.equal(cloud.base.waiting, 0);
  });

  it('tells of a lost answer when the token turns out to be spent, also after a restart', async () => {
    loseAnswer();
    await assert.rejects(run(), { code: 'unreachable' });
    assert.deepEqual(kept(), first);
    await assert.rejects(run(), { code: 'grant_lost' });
    await assert.rejects(run(first, { pid: OTHER }), { code: 'grant_lost' });
    assert.deepEqual(asked(), [null, 400, 400]);
    assert.equal(notes().length, 1);
  });

  it('tells of a lost answer when the process that asked was killed', async () => {
    const { tokens } = await run();
    store.save('a', first); // the answer that the killed process did not save
    leave(DEAD);
    await assert.rejects(run(), { code: 'grant_lost' });
    assert.notDeepEqual(kept(), tokens);
  });

  it('goes on as if nothing were when an answer was lost but the token is not spent', async () => {
    cloud.control.fail({ match: { path: PATH }, dropConnection: 'before', times: 1 });
    await assert.rejects(run(), { code: 'unreachable' });
    await run();
    assert.deepEqual([asked(), notes()], [[null, 200], []]);
    cloud.control.revokeToken(first.refreshToken);
    await assert.rejects(run(kept()), { code: 'grant_ended' });
  });

  for (const [what, rule] of [
    ['an error of the server', { status: 503 }],
    ['a web page', { html: true }],
    ['half an answer', { truncate: true }],
    ['no connection', { dropConnection: true }],
  ] as const) {
    it(`does not know what became of the token after ${what}`, async () => {
      cloud.control.fail({ match: { path: PATH }, ...rule, times: 1 });
      await assert.rejects(run());
      cloud.control.revokeToken(first.refreshToken);
      await assert.rejects(run(), { code: 'grant_lost' });
    });
  }

  for (const [what, rule] of [
    ['a wish to wait', { status: 429 }],
    ['a refused client', { status: 401, body: { error: 'invalid_client' } }],
    ['a refused request', { status: 400, body: { error: 'invalid_request' } }],
    ['something in front of Oura', { status: 403 }],
  ] as const) {
    it(`knows that the token is not spent by ${what}`, async () => {
      cloud.control.fail({ ...rule, match: { path: '/oauth/*' } });
      await assert.rejects(run());
      cloud.control.clearFaults();
      assert.deepEqual(notes(), []);
      cloud.control.revokeToken(first.refreshToken);
      await assert.rejects(run(), { code: 'grant_ended' });
    });
  }

  it('knows that the token is not spent where nothing could be sent', async () => {
    const url = cloud.server.url;
    await cloud.close();
    await assert.rejects(run(), { code: 'unreachable' });
    assert.deepEqual(notes(), []);
    cloud = await startCloud();
    assert.notEqual(cloud.server.url, url);
  });

  it('keeps in mind that an answer was lost until there is a clear one', async () => {
    loseAnswer();
    await assert.rejects(run(), { code: 'unreachable' });
    cloud.control.fail({ match: { path: PATH }, status: 429, times: 1 });
    await assert.rejects(run(), { code: 'rate_limited' });
    assert.equal(notes().length, 1);
    await assert.rejects(run(), { code: 'grant_lost' });
  });

  it('forgets a lost answer when somebody has signed in anew', async () => {
    loseAnswer();
    await assert.rejects(run(), { code: 'unreachable' });
    store.save('a', await signIn(cloud, application));
    await run(kept());
    assert.deepEqual(notes(), []);
    cloud.control.revokeToken(kept()?.refreshToken ?? '');
    await assert.rejects(run(kept()), { code: 'grant_ended' });
  });

  it('tells of a copy when spent tokens came from another installation, or from a backup', async () => {
    await run();
    storeAt('there').save('a', first);
    await assert.rejects(run(), { code: 'grant_copied' });
    store.save('a', first);
    files.write('a.token', files.read('a.token') ?? '');
    await assert.rejects(run(), { code: 'grant_copied' });
  });

  it('makes a copy its own when its tokens still work', async () => {
    storeAt('there').save('a', first);
    const { tokens } = await run();
    assert.deepEqual(store.load('a'), { tokens, foreign: false });
  });

  it('goes on with the newer tokens in hand when a backup was put back under it', async () => {
    const backup = files.read('a.token') ?? '';
    cloud.control.advance(1000);
    const { tokens } = await run(first, { oauth: oauthOf(cloud.server.clock) });
    files.write('a.token', backup);
    const next = await run(tokens);
    assert.deepEqual([kept(), asked()], [next.tokens, [200, 200]]);
  });

  it('ends a sign-in that was used twice, where Oura does so, and says that it ended', async () => {
    cloud.control.change({ oauth: { reuseRevokesGrant: true } });
    const { tokens } = await run();
    await assert.rejects(oauthOf(cloud.base).refresh(application, first), { code: 'grant_ended' });
    await assert.rejects(run(tokens), { code: 'grant_ended' });
    assert.equal((await cloud.get('sleep', {}, tokens.accessToken)).status, 401);
  });

  it('asks nothing of Oura when it could not save what comes', async () => {
    files.refuses = (name) => name.includes('renewing');
    await assert.rejects(run(), { code: 'tokens_unsaved', params: { reason: 'ENOSPC' } });
    files.refuses = () => false;
    assert.deepEqual([asked(), kept()], [[], first]);
    await run();
  });

  it('hands over tokens that could not be saved after all, and remembers that they may get lost', async () => {
    files.refuses = (name) => name.endsWith('.token');
    const { tokens, unsaved } = await run();
    assert.equal(unsaved?.code, 'tokens_unsaved');
    files.refuses = () => false;
    assert.deepEqual(kept(), first);
    await assert.rejects(run(first, { isAlive: () => false }), { code: 'grant_lost' }); // as after a restart
    store.save('a', tokens);
    assert.equal((await run(tokens, { isAlive: () => false })).unsaved, null);
    assert.deepEqual(notes(), []);
  });

  it('has renewed even if the note cannot be taken down any more', async () => {
    const { tokens } = await run(first, { files: Object.assign(new RefusingFiles(files), { refusesRemoval: true }) });
    assert.deepEqual([kept(), notes().length], [tokens, 1]);
    await run(tokens, { isAlive: () => false });
    assert.deepEqual([asked(), notes()], [[200, 200], []]);
  });

  it('does not write over a sign-in or a sign-out that came while it was asking', async () => {
    const meanwhile = (work: () => void): Partial<RenewPorts> => {
      const oauth = oauthOf(cloud.base);
      const ask = oauth.refresh.bind(oauth);
      const refresh: typeof ask = async (...order) => {
        const tokens = await ask(...order);
        work();
        return tokens;
      };
      return { oauth: Object.assign(oauth, { refresh }) };
    };
    const anew = await signIn(cloud, application);
    const renewal = await run(
      first,
      meanwhile(() => {
        store.save('a', anew);
      }),
    );
    assert.deepEqual([renewal, kept()], [{ tokens: anew, unsaved: null }, anew]);
    await assert.rejects(
      run(
        anew,
        meanwhile(() => {
          store.remove('a');
        }),
      ),
      { code: 'sign_in_needed' },
    );
    assert.deepEqual(files.names(), []);
  });

  it('needs something kept, by the same application', async () => {
    const others = { ...application, clientId: 'other-app' };
    await assert.rejects(renew({ accountId: 'a', application: others, held: first }, ports()), { code: 'sign_in_needed' });
    store.remove('a');
    await assert.rejects(run(), { code: 'sign_in_needed' });
    await assert.rejects(renew({ accountId: '../a', application, held: first }, ports()), { code: 'unexpected' });
    assert.deepEqual([asked(), notes()], [[], []]);
  });

  it('keeps the accounts apart', async () => {
    leave(OTHER);
    store.save('a.renewing-0', await signIn(cloud, application));
    const held = store.load('a.renewing-0')?.tokens ?? first;
    await renew({ accountId: 'a.renewing-0', application, held }, ports());
    assert.equal(cloud.base.waiting, 0);
    assert.equal(notes().filter((name) => name.startsWith('a.renewing-') && !name.endsWith('.token')).length, 1);
  });
});
