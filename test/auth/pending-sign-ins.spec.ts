import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { PendingSignIns, type SignInBeginning } from '../../lib/auth/pending-sign-ins';
import { systemRandom } from '../../lib/async/system-random';
import { LIMITS } from '../../lib/catalogue/limits';
import { FakeClock } from '../support/fake-clock';

const NOW = Date.parse('2026-11-24T08:00:00Z');
const APPLICATION = {
  clientId: 'app & co',
  clientSecret: 'sentinel',
  tokenUrls: ['https://t.example/token'],
  revokeUrl: 'https://t.example/r',
};
const BEGINNING: SignInBeginning = {
  accountId: 'a',
  application: APPLICATION,
  redirectUri: 'http://localhost:1880/oura/oauth/callback',
  scopes: ['daily', 'spo2'],
  authorizeUrl: 'https://cloud.ouraring.com/oauth/authorize?x=1',
  usePkce: true,
};

describe('a sign-in under way', () => {
  let clock: FakeClock;
  let pending: PendingSignIns;
  beforeEach(() => {
    clock = new FakeClock(NOW);
    pending = new PendingSignIns({ clock, random: systemRandom });
  });
  const begin = (more: Partial<SignInBeginning> = {}): string => pending.begin({ ...BEGINNING, ...more }).state;

  it('begins at an address that holds all Oura needs and no secret', () => {
    const { state, authorizeUrl, expiresAt } = pending.begin(BEGINNING);
    const url = new URL(authorizeUrl);
    const { code_challenge, ...query } = Object.fromEntries(url.searchParams);
    assert.equal(url.origin + url.pathname, 'https://cloud.ouraring.com/oauth/authorize');
    assert.deepEqual(query, {
      x: '1',
      response_type: 'code',
      client_id: 'app & co',
      redirect_uri: BEGINNING.redirectUri,
      scope: 'daily spo2',
      state,
      code_challenge_method: 'S256',
    });
    assert.equal(expiresAt, NOW + 600_000);
    const { codeVerifier } = pending.take(state);
    assert.match(codeVerifier ?? '', /^[\w-]{43,128}$/);
    assert.equal(
      code_challenge,
      createHash('sha256')
        .update(codeVerifier ?? '')
        .digest('base64url'),
    );
  });

  it('asks for everything when no permissions are named, and goes without PKCE where that is wanted', () => {
    const { state, authorizeUrl } = pending.begin({ ...BEGINNING, scopes: [], usePkce: false });
    assert.deepEqual([...new URL(authorizeUrl).searchParams.keys()], ['x', 'response_type', 'client_id', 'redirect_uri', 'state']);
    assert.equal(pending.take(state).codeVerifier, null);
  });

  it('is found by its state, once', () => {
    const state = begin();
    const { accountId, application, redirectUri } = pending.take(state);
    assert.deepEqual([accountId, application, redirectUri], ['a', APPLICATION, BEGINNING.redirectUri]);
    assert.throws(() => pending.take(state), { code: 'state_unknown' });
  });

  it('has a state that nobody can guess, another each time', () => {
    const states = Array.from({ length: 40 }, (_, index) => begin({ accountId: `a${index}` }));
    assert.equal(new Set(states).size, 40);
    for (const state of states) assert.match(state, /^[\w-]{43}$/); // 256 bits
  });

  it('is not found by another state, or by none', () => {
    begin();
    for (const state of ['', 'x', '__proto__', null]) assert.throws(() => pending.take(state), { code: 'state_unknown', params: {} });
  });

  it('is not found any more after ten minutes, nor when the clock was set back far', async () => {
    const state = begin();
    const other = begin({ accountId: 'b' });
    await clock.advance(LIMITS.signInMs - 1);
    pending.take(other);
    await clock.advance(1);
    assert.throws(() => pending.take(state), { code: 'state_unknown' });
    const third = begin();
    clock.setNow(clock.now() - LIMITS.signInMs - 1);
    assert.throws(() => pending.take(third), { code: 'state_unknown' });
  });

  it('ends when the same account begins anew, or cancels', () => {
    const first = begin();
    const other = begin({ accountId: 'b' });
    const second = begin();
    assert.throws(() => pending.take(first), { code: 'state_unknown' });
    assert.equal(pending.stateOf('a'), second);
    pending.cancel('a');
    pending.cancel('a');
    assert.equal(pending.stateOf('a'), null);
    assert.throws(() => pending.take(second), { code: 'state_unknown' });
    assert.equal(pending.take(other).accountId, 'b');
  });

  it('gives way when there are too many, the oldest first', () => {
    const states = Array.from({ length: LIMITS.signInsMax + 2 }, (_, index) => begin({ accountId: `a${index}` }));
    const known = states.filter((state) => {
      try {
        return pending.take(state).accountId !== '';
      } catch {
        return false;
      }
    });
    assert.deepEqual(known, states.slice(2));
  });
});
