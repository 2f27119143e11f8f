import assert from 'node:assert/strict';
import type { SignInState } from '../../lib/auth/sign-in-state';
import type { TokenRequests } from '../../lib/auth/token-requests';
import { LIMITS } from '../../lib/catalogue/limits';
import type { TestCloud } from '../simulator/server/support/test-cloud';
import { signIn, startCloud } from './support/oauth-rig';
import { TokenRig } from './support/token-rig';

const DAY = 86_400_000;
const MINUTE = 60_000;
const PATH = '/oauth/token';

describe('the access tokens of an account', () => {
  let cloud: TestCloud;
  let rig: TokenRig;
  beforeEach(async () => {
    cloud = await startCloud();
    rig = new TokenRig(cloud);
  });
  afterEach(() => cloud.close());
  const fail = (rule: object): void => {
    cloud.control.fail({ match: { path: PATH }, ...rule });
  };
  /** Until shortly before the end of a day: time to renew, but the old token still works. */
  const passToDue = (): Promise<void> => rig.pass(DAY - MINUTE);
  const passToEnd = (): Promise<void> => rig.pass(DAY + MINUTE);

  describe('without trouble', () => {
    it('are missing until somebody has signed in', async () => {
      await assert.rejects(rig.access(), { code: 'sign_in_needed' });
      await assert.rejects(rig.rejected('any'), { code: 'sign_in_needed' });
      const { isSignedIn, scopes, error } = rig.tokens.state;
      assert.deepEqual([isSignedIn, scopes, error?.code], [false, null, 'sign_in_needed']);
    });

    it('are the one of the sign-in until shortly before its end, without asking Oura', async () => {
      const { accessToken } = await rig.signIn();
      await rig.pass(DAY - LIMITS.tokenAheadMs - 1);
      assert.equal(await rig.access(), accessToken);
      assert.deepEqual(rig.asked(), []);
      await rig.pass(1);
      const next = await rig.access();
      assert.notEqual(next, accessToken);
      assert.equal(await rig.works(next), true);
      assert.deepEqual(rig.asked(), [200]);
    });

    it('with a short life are renewed in its last part only', async () => {
      cloud.control.change({ oauth: { expiresInSeconds: 60 } });
      const { accessToken } = await rig.signIn();
      await rig.pass(53_999);
      assert.equal(await rig.access(), accessToken);
      await rig.pass(1);
      assert.notEqual(await rig.access(), accessToken);
    });

    it('are on the disk before anyone gets them', async () => {
      await rig.signIn();
      await passToEnd();
      const token = await rig.access();
      assert.equal(rig.store.load('a')?.tokens.accessToken, token);
    });

    it('go on for a month, one renewal a day', async () => {
      await rig.signIn();
      for (let day = 0; day < 30; day += 1) {
        await passToDue();
        assert.equal(await rig.works(await rig.access()), true);
      }
      assert.equal(rig.asked().length, 30);
    });

    it('are renewed once for 100 callers at the same time, who all get the same', async () => {
      await rig.signIn();
      await passToEnd();
      const all = await Promise.all(Array.from({ length: 100 }, () => rig.access()));
      assert.equal(new Set(all).size, 1);
      assert.equal(await rig.works(all[0] ?? ''), true);
      assert.deepEqual(rig.asked(), [200]);
    });

    it('go on after two restarts', async () => {
      const { accessToken } = await rig.signIn();
      rig.start();
      assert.equal(await rig.access(), accessToken);
      for (let restart = 0; restart < 2; restart += 1) {
        await passToEnd();
        rig.start();
        assert.equal(await rig.works(await rig.access()), true);
      }
      assert.deepEqual(rig.asked(), [200, 200]);
    });

    it('do not stop being renewed because a caller has had enough', async () => {
      const { accessToken } = await rig.signIn();
      await passToEnd();
      const stop = new AbortController();
      const waiting = rig.tokens.accessToken(stop.signal);
      stop.abort(new Error('closing'));
      await assert.rejects(waiting, /closing/);
      await assert.rejects(rig.tokens.accessToken(stop.signal), /closing/);
      await assert.rejects(rig.tokens.rejected(accessToken, stop.signal), /closing/);
      assert.equal(await rig.works(await rig.access()), true);
      assert.deepEqual(rig.asked(), [200]);
    });

    it('survive a redeploy with the same application, in the middle of a renewal', async () => {
      await rig.signIn();
      await passToEnd();
      const tokens = [];
      for (let deploy = 0; deploy < 50; deploy += 1) {
        tokens.push(rig.access());
        rig.tokens.configure({ ...rig.application });
      }
      assert.equal(new Set(await Promise.all(tokens)).size, 1);
      assert.deepEqual(rig.asked(), [200]);
    });

    it('have the permissions that were granted, and tell of sign-ins but not of renewals', async () => {
      const heard: SignInState[] = [];
      rig.tokens.changed.add((state) => heard.push(state));
      const tokens = { ...(await signIn(cloud, rig.application, rig.clock)), scopes: ['daily'] };
      rig.tokens.signedIn(tokens);
      assert.deepEqual([rig.tokens.isSignedIn, rig.tokens.scopes], [true, ['daily']]);
      await passToEnd();
      await rig.access();
      assert.deepEqual(rig.tokens.scopes, ['daily']);
      const out = rig.tokens.signedOut();
      assert.deepEqual([out?.accessToken === tokens.accessToken, out?.scopes], [false, ['daily']]);
      assert.deepEqual(
        heard.map(({ isSignedIn, scopes }) => [isSignedIn, scopes]),
        [
          [true, ['daily']],
          [false, null],
        ],
      );
      assert.deepEqual(rig.store.accounts(), []);
    });
  });

  describe('when the clock is wrong', () => {
    for (const minutes of [-9, 9]) {
      it(`by ${minutes} minutes against Oura’s: are renewed in time`, async () => {
        rig = new TokenRig(cloud, minutes * MINUTE);
        await rig.signIn();
        for (let day = 0; day < 3; day += 1) {
          await passToDue();
          assert.equal(await rig.works(await rig.access()), true);
        }
        assert.deepEqual(rig.asked(), [200, 200, 200]);
      });

      it(`and set by ${minutes} minutes meanwhile: are renewed, if need be when Oura refuses the token`, async () => {
        await rig.signIn();
        rig.clock.setNow(rig.clock.now() + minutes * MINUTE);
        await rig.pass(DAY + 1);
        const token = await rig.access();
        if (!(await rig.works(token))) assert.equal(await rig.rejected(token), true);
        assert.equal(await rig.works(await rig.access()), true);
        assert.deepEqual(rig.asked(), [200]);
      });
    }

    it('and set back by a year: have their lifetime from then on, not a year', async () => {
      await rig.signIn();
      await rig.pass(MINUTE);
      rig.clock.setNow(rig.clock.now() - 365 * DAY);
      await rig.access();
      assert.deepEqual(rig.asked(), []);
      await rig.pass(DAY - LIMITS.tokenAheadMs);
      assert.equal(await rig.works(await rig.access()), true);
      assert.deepEqual(rig.asked(), [200]);
    });

    it('and set forward by a year: are renewed early, once', async () => {
      await rig.signIn();
      rig.clock.setNow(rig.clock.now() + 365 * DAY);
      await rig.access();
      await rig.access();
      assert.deepEqual(rig.asked(), [200]);
    });
  });

  describe('when a renewal fails for a while', () => {
    it('are the old one as long as it works, tried again after a growing pause', async () => {
      const { accessToken } = await rig.signIn();
      await rig.pass(DAY - LIMITS.tokenAheadMs);
      fail({ status: 503 });
      const tries: number[] = [];
      for (let second = 0; second < 5 * 60 - 1; second += 1) {
        assert.equal(await rig.access(), accessToken);
        if (rig.asked().length > 0) tries.push(second);
        await rig.pass(1000);
      }
      assert.deepEqual(tries, [0, 60, 180]); // 1, 2, then 4 minutes
      await rig.pass(1000);
      await assert.rejects(rig.access(), { code: 'server_failed' });
      cloud.control.clearFaults();
      await rig.pass(120_000);
      assert.notEqual(await rig.access(), accessToken);
      assert.deepEqual(
        rig.logger.lines.map((line) => line.split(':')[0]),
        ['warn', 'info'],
      );
    });

    it('LESSON: are not asked for again and again: once they have expired the same failure is told until the pause is over', async () => {
      await rig.signIn();
      await passToEnd();
      fail({ status: 503 });
      for (let hour = 0; hour < 3 * 60; hour += 1) {
        await Promise.all(Array.from({ length: 10 }, () => assert.rejects(rig.access(), { code: 'server_failed' })));
        await rig.pass(MINUTE);
      }
      assert.equal(rig.asked().length, 10); // at 0, 1, 3, 7, 15, 31 minutes, then each half hour
    });

    it('wait as long as Oura asks', async () => {
      await rig.signIn();
      await passToEnd();
      fail({ status: 429, headers: { 'retry-after': '600' }, times: 1 });
      await assert.rejects(rig.access(), { code: 'rate_limited' });
      await rig.pass(599_999);
      await assert.rejects(rig.access(), { code: 'rate_limited' });
      await rig.pass(1);
      assert.equal(await rig.works(await rig.access()), true);
      assert.deepEqual(rig.asked(), [429, 200]);
    });

    it('are tried again at once when the clock was set back, or the application was changed', async () => {
      await rig.signIn();
      await passToEnd();
      fail({ status: 503 });
      await assert.rejects(rig.access());
      rig.clock.setNow(rig.clock.now() - 1000);
      await assert.rejects(rig.access());
      rig.tokens.configure({ ...rig.application, revokeUrl: 'http://127.0.0.1:1/' });
      await assert.rejects(rig.access());
      assert.deepEqual(rig.asked(), [503, 503, 503]);
    });

    it('LESSON: after a lost answer take one more try, then say so and ask no more, also after restarts', async () => {
      await rig.signIn();
      await passToEnd();
      fail({ dropConnection: 'after', times: 1 });
      await assert.rejects(rig.access(), { code: 'unreachable' });
      for (let minute = 0; minute < 60; minute += 1) {
        await rig.pass(MINUTE);
        await assert.rejects(rig.access(), { code: 'grant_lost' });
      }
      assert.deepEqual(rig.asked(), [null, 400]);
      rig.start();
      for (let call = 0; call < 5; call += 1) await assert.rejects(rig.access(), { code: 'grant_lost' });
      assert.deepEqual(rig.asked(), [400]);
      assert.match(rig.logger.lines.at(-1) ?? '', /^error: .*must be signed in again/);
      await rig.signIn();
      assert.equal(await rig.works(await rig.access()), true);
    });

    it('go on when the answer was lost before Oura spent the token', async () => {
      await rig.signIn();
      await passToEnd();
      fail({ dropConnection: 'before', times: 1 });
      await assert.rejects(rig.access(), { code: 'unreachable' });
      await rig.pass(MINUTE);
      assert.equal(await rig.works(await rig.access()), true);
      assert.deepEqual(rig.asked(), [null, 200]);
    });
  });

  describe('that cannot be saved', () => {
    it('are not given to anyone; each call saves them again and asks Oura no more', async () => {
      await rig.signIn();
      await passToEnd();
      rig.files.refuses = (name) => name.endsWith('.token');
      for (let call = 0; call < 5; call += 1) await assert.rejects(rig.access(), { code: 'tokens_unsaved', params: { reason: 'ENOSPC' } });
      assert.deepEqual(rig.asked(), [200]);
      rig.files.refuses = () => false;
      const token = await rig.access();
      assert.equal(await rig.works(token), true);
      assert.equal(rig.store.load('a')?.tokens.accessToken, token);
      assert.deepEqual(rig.asked(), []);
      await passToEnd();
      rig.start();
      assert.equal(await rig.works(await rig.access()), true);
      assert.deepEqual(rig.asked(), [200]);
    });

    it('leave the old one in use while it works', async () => {
      const { accessToken } = await rig.signIn();
      await passToDue();
      rig.files.refuses = (name) => name.endsWith('.token');
      assert.equal(await rig.access(), accessToken);
      assert.equal(await rig.access(), accessToken);
      rig.files.refuses = () => false;
      assert.notEqual(await rig.access(), accessToken);
      assert.deepEqual(rig.asked(), [200]);
    });

    it('are not asked for while nothing at all can be written', async () => {
      await rig.signIn();
      await passToEnd();
      rig.files.refuses = () => true;
      await assert.rejects(rig.access(), { code: 'tokens_unsaved' });
      assert.deepEqual(rig.asked(), []);
      rig.files.refuses = () => false;
      await rig.pass(MINUTE);
      assert.equal(await rig.works(await rig.access()), true);
    });

    it('make a sign-in fail, which then has changed nothing', async () => {
      const first = await rig.signIn();
      const second = await signIn(cloud, rig.application, rig.clock);
      rig.files.refuses = () => true;
      assert.throws(
        () => {
          rig.tokens.signedIn(second);
        },
        { code: 'tokens_unsaved' },
      );
      assert.equal(await rig.access(), first.accessToken);
    });
  });

  describe('that Oura refuses', () => {
    it('are renewed once, for everyone who was refused', async () => {
      const { accessToken } = await rig.signIn();
      cloud.control.expireToken(accessToken);
      const answers = await Promise.all(Array.from({ length: 100 }, () => rig.rejected(accessToken)));
      assert.deepEqual(new Set(answers), new Set([true]));
      assert.equal(await rig.rejected(accessToken), true); // somebody who was late
      assert.equal(await rig.works(await rig.access()), true);
      assert.deepEqual(rig.asked(), [200]);
    });

    it('are not given to anyone meanwhile', async () => {
      const { accessToken } = await rig.signIn();
      cloud.control.expireToken(accessToken);
      const [, token] = await Promise.all([rig.rejected(accessToken), rig.access()]);
      assert.notEqual(token, accessToken);
      assert.deepEqual(rig.asked(), [200]);
    });

    it('LESSON: and whose successor is refused too make no loop: one renewal in the pause, however many are refused', async () => {
      const { accessToken } = await rig.signIn();
      assert.equal(await rig.rejected(accessToken), true);
      const second = await rig.access();
      await rig.pass(LIMITS.tokenFreshMs - 1);
      for (let call = 0; call < 5; call += 1) assert.equal(await rig.rejected(second), false);
      assert.deepEqual([rig.asked(), rig.tokens.isSignedIn, await rig.access()], [[200], true, second]);
      await rig.pass(1);
      assert.equal(await rig.rejected(second), true);
      assert.notEqual(await rig.access(), second);
      assert.deepEqual(rig.asked(), [200]);
    });

    it('LESSON: in a storm of refusals at Oura outlive it, and are renewed at most once in a pause that grows', async () => {
      await rig.signIn();
      const renewedAt: number[] = [];
      for (let minute = 0; minute <= 140; minute += 1) {
        const token = await rig.access();
        await rig.rejected(token);
        if (rig.asked().length > 0) renewedAt.push(minute);
        await rig.pass(MINUTE);
      }
      assert.deepEqual(renewedAt, [0, 10, 30, 70]);
      assert.equal(await rig.works(await rig.access()), true);
      assert.equal(rig.tokens.isSignedIn, true);
    });

    it('LESSON: for hours, each time after a renewal, are told as refused until somebody signs in anew', async () => {
      await rig.signIn();
      let asked = 0;
      for (let minute = 0; minute <= 24 * 60 && rig.tokens.isSignedIn; minute += 1) {
        await rig.rejected(await rig.access());
        asked += rig.asked().length;
        await rig.pass(MINUTE);
      }
      assert.equal(asked, LIMITS.tokenRefusalRounds);
      for (let call = 0; call < 5; call += 1) {
        await assert.rejects(rig.access(), { code: 'token_refused', needsSignIn: true });
        await assert.rejects(rig.rejected('any'), { code: 'token_refused' });
      }
      assert.deepEqual(rig.asked(), []);
      const anew = await rig.signIn();
      assert.equal(await rig.access(), anew.accessToken);
      assert.equal(await rig.rejected(anew.accessToken), true);
    });

    it('now and then, with good days between, never end the sign-in', async () => {
      await rig.signIn();
      for (let storm = 0; storm < 2 * LIMITS.tokenRefusalRounds; storm += 1) {
        await rig.rejected(await rig.access());
        assert.equal(await rig.rejected(await rig.access()), false);
        await rig.pass(DAY / 2);
        assert.equal(await rig.rejected(await rig.access()), true);
        await rig.pass(DAY / 4);
      }
      assert.equal(await rig.works(await rig.access()), true);
    });

    it('though they live for minutes only are renewed no more often because of refusals', async () => {
      cloud.control.change({ oauth: { expiresInSeconds: 120 } });
      await rig.signIn();
      let asked = 0;
      for (let second = 0; second < 30 * 60 && rig.tokens.isSignedIn; second += 10) {
        await rig.rejected(await rig.access());
        asked += rig.asked().length;
        await rig.pass(10_000);
      }
      assert.equal(rig.tokens.isSignedIn, true);
      assert.ok(asked <= 20, String(asked)); // 16 or 17 because they end
    });

    it('some time after their renewal are renewed again', async () => {
      const { accessToken } = await rig.signIn();
      await rig.rejected(accessToken);
      await rig.pass(LIMITS.tokenFreshMs);
      assert.equal(await rig.rejected(await rig.access()), true);
      assert.deepEqual(rig.asked(), [200, 200]);
    });

    it('are not used again while the renewal fails, and Oura is not asked again at once', async () => {
      const { accessToken } = await rig.signIn();
      fail({ status: 503, times: 1 });
      await assert.rejects(rig.rejected(accessToken), { code: 'server_failed' });
      await assert.rejects(rig.access(), { code: 'server_failed' });
      await assert.rejects(rig.rejected(accessToken), { code: 'server_failed' });
      assert.deepEqual(rig.asked(), [503]);
      await rig.pass(MINUTE);
      assert.notEqual(await rig.access(), accessToken);
    });
  });

  describe('of a sign-in that has ended', () => {
    const ended = async (code: string): Promise<void> => {
      rig.asked();
      const heard: SignInState[] = [];
      rig.tokens.changed.add((state) => heard.push(state));
      await passToEnd();
      for (let call = 0; call < 20; call += 1) await assert.rejects(rig.access(), { code });
      rig.tokens.configure({ ...rig.application });
      await assert.rejects(rig.access(), { code });
      assert.deepEqual(
        heard.map(({ isSignedIn, error }) => [isSignedIn, error?.code]),
        [[false, code]],
      );
    };

    it('because it was revoked: it is said at once, Oura is asked once, and a new sign-in mends it', async () => {
      const { accessToken } = await rig.signIn();
      cloud.control.revokeToken(accessToken);
      await ended('grant_ended');
      assert.deepEqual(rig.asked(), [400]);
      await rig.signIn();
      assert.equal(await rig.works(await rig.access()), true);
    });

    it('because Oura ends it when a refresh token is used twice', async () => {
      cloud.control.change({ oauth: { reuseRevokesGrant: true } });
      const { refreshToken } = await rig.signIn();
      await passToDue();
      await rig.access();
      rig.store.save('a', { ...(await rig.signIn()), refreshToken }); // a second program that uses the old one
      rig.start();
      await ended('grant_ended');
    });

    it('because the stored tokens are a copy of used ones: a backup put back, or another machine', async () => {
      await rig.signIn();
      const backup = rig.files.read('a.token') ?? '';
      await passToEnd();
      await rig.access();
      rig.files.write('a.token', backup);
      rig.start();
      await ended('grant_copied');
      rig.start(rig.storeOf('there'));
      await ended('grant_copied');
      await rig.signIn();
      assert.equal(await rig.works(await rig.access()), true);
    });

    it('because the secret was changed: it is said, and a new sign-in mends it', async () => {
      await rig.signIn();
      rig.start(rig.storeOf('here', 'another secret'));
      await assert.rejects(rig.access(), { code: 'tokens_unreadable' });
      assert.equal(rig.tokens.state.error?.code, 'tokens_unreadable');
      assert.equal(rig.tokens.signedOut(), null);
      const { accessToken } = await rig.signIn();
      assert.equal(await rig.access(), accessToken);
    });

    it('because the client is refused: a changed application is tried at once', async () => {
      await rig.signIn();
      await passToEnd();
      rig.tokens.configure({ ...rig.application, clientSecret: 'wrong' });
      for (let call = 0; call < 5; call += 1) await assert.rejects(rig.access(), { code: 'client_refused' });
      assert.deepEqual(rig.asked(), [401, 401]);
      rig.tokens.configure(rig.application);
      assert.equal(await rig.works(await rig.access()), true);
    });

    it('because the tokens were taken away under it', async () => {
      await rig.signIn();
      await passToEnd();
      rig.store.remove('a');
      await assert.rejects(rig.access(), { code: 'sign_in_needed' });
      assert.deepEqual([rig.asked(), rig.tokens.isSignedIn], [[], false]);
    });
  });

  it('of another application serve until they end, then somebody must sign in', async () => {
    const { accessToken } = await rig.signIn();
    for (const application of [null, { ...rig.application, clientId: 'new-app', clientSecret: 'new-secret' }]) {
      rig.tokens.configure(application);
      assert.equal(await rig.access(), accessToken);
    }
    await passToDue();
    assert.equal(await rig.access(), accessToken);
    await rig.pass(2 * MINUTE);
    await assert.rejects(rig.access(), { code: 'sign_in_needed' });
    assert.deepEqual(rig.asked(), []);
    rig.tokens.configure(rig.application);
    assert.equal(await rig.works(await rig.access()), true);
  });

  it('are those of the newest sign-in, also when a renewal of the one before was under way', async () => {
    await rig.signIn();
    await passToEnd();
    const anew = await signIn(cloud, rig.application, rig.clock);
    const waiting = rig.access();
    rig.tokens.signedIn(anew);
    assert.equal(await waiting, anew.accessToken);
    assert.deepEqual(rig.store.load('a')?.tokens, anew);
  });

  it('are those of the newest sign-in, or none, even if a renewal in another process wrote over that', async () => {
    const requests = rig.requestsOn();
    const renew: TokenRequests['renew'] = async (order) => {
      const renewal = await requests.renew(order).catch(() => ({ tokens: order.held, unsaved: null }));
      rig.store.save('a', renewal.tokens);
      return renewal;
    };
    rig.start(rig.store, { ...requests, renew });
    await rig.signIn();
    await passToEnd();
    const anew = await signIn(cloud, rig.application, rig.clock);
    const waiting = rig.access();
    rig.tokens.signedIn(anew);
    assert.equal(await waiting, anew.accessToken);
    assert.deepEqual(rig.store.load('a')?.tokens, anew);
    await passToEnd();
    const late = rig.access();
    rig.tokens.signedOut();
    await assert.rejects(late, { code: 'sign_in_needed' });
    assert.equal(rig.store.load('a'), null);
  });

  it('are gone after a sign-out, also when a renewal was under way', async () => {
    await rig.signIn();
    await passToEnd();
    const waiting = rig.access();
    rig.tokens.signedOut();
    await assert.rejects(waiting, { code: 'sign_in_needed' });
    assert.deepEqual([rig.store.load('a'), rig.tokens.isSignedIn], [null, false]);
  });

  it('are not lost by a listener that fails, and nothing secret is logged', async () => {
    rig.tokens.changed.add(() => {
      throw new TypeError('at-sentinel');
    });
    await rig.signIn();
    await passToEnd();
    fail({ status: 503, times: 1 });
    await assert.rejects(rig.access());
    await rig.pass(MINUTE);
    await rig.access();
    assert.equal(rig.logger.lines.length, 3);
    assert.doesNotMatch(rig.logger.lines.join('\n'), /at-|rt-|secret/);
  });
});
