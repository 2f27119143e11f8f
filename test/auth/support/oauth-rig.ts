import { readCallback } from '../../../lib/auth/read-callback';
import { oauthAddresses } from '../../../lib/auth/oauth-addresses';
import { SimpleOAuth } from '../../../lib/auth/simple-oauth';
import type { Clock } from '../../../lib/ports/clock';
import type { CodeExchange, OAuthApplication } from '../../../lib/ports/oauth';
import type { TokenSet } from '../../../lib/ports/token-store';
import { HandPerson } from '../../simulator/server/support/hand-person';
import { TestCloud } from '../../simulator/server/support/test-cloud';

export const CALLBACK = 'http://localhost:1880/oura/oauth/callback';
export type PortalName = 'legacy' | 'new';
type Texts = Readonly<Record<string, string>>;

/** A stand-in of Oura's sign-in with two persons, its clock standing at 2026-11-24 08:00. */
export function startCloud(): Promise<TestCloud> {
  return TestCloud.start([new HandPerson([]), new HandPerson([], { id: 'person-2' })], '2026-11-24T08:00:00Z');
}

/** The stand-in's application of a portal, its own token address first. */
export function applicationOf(cloud: TestCloud, portal: PortalName = 'legacy'): OAuthApplication {
  const { tokenUrls, revokeUrl } = oauthAddresses({ apiBase: cloud.server.url, authorizeUrl: '', tokenUrl: '' });
  const own = portal === 'new' ? tokenUrls.toReversed() : tokenUrls;
  return { clientId: `${portal}-app`, clientSecret: `${portal}-secret`, tokenUrls: own, revokeUrl };
}

/** @param timeoutMs of a token request, in real time */
export function oauthOf(clock: Clock, timeoutMs = 10_000): SimpleOAuth {
  return new SimpleOAuth({ clock, userAgent: 'test/1', timeoutMs });
}

/** What a person brings back from the consent page. */
export async function consent(cloud: TestCloud, application: OAuthApplication, more: Texts = {}): Promise<CodeExchange> {
  const query = { response_type: 'code', client_id: application.clientId, redirect_uri: CALLBACK, state: 'x', ...more };
  const got = await cloud.get('/oauth/authorize', query, null);
  const callback = readCallback(got.headers.get('location') ?? got.text);
  if (callback.code === undefined) throw callback.error;
  return { code: callback.code, redirectUri: CALLBACK, codeVerifier: null };
}

/** Signs in, over HTTP, and gives the first tokens. */
export async function signIn(cloud: TestCloud, application: OAuthApplication, clock: Clock = cloud.server.clock): Promise<TokenSet> {
  return oauthOf(clock).exchange(application, await consent(cloud, application));
}

/** Requests to the token addresses, in order: path and status, null = no answer. */
export function tokenRequests(cloud: TestCloud): readonly (readonly [string, number | null])[] {
  return cloud.control
    .requests()
    .filter(({ method, path }) => method === 'POST' && path.includes('token'))
    .map(({ path, status }) => [path, status] as const);
}
