import { SCOPES } from '../../catalogue/scopes';
import type { Answer } from './answer';
import type { AuthorizationCodes } from './authorization-codes';
import type { Cloud } from './cloud';
import { oauthError } from './oauth-error';
import type { Application } from './simulator-options';
import type { Grant } from './token-book';

/** What the person does on Oura's consent page. */
export interface Consent {
  readonly personId: string;
  /** Permissions left ticked; null = all that were asked for */
  readonly scopes: readonly string[] | null;
  readonly denied: boolean;
}

const ISSUER = 'https://moi.ouraring.com/oauth/v2/ext/oauth-anonymous';
/** Lifetime of the token of the client-side flow, seconds (documentation). */
const IMPLICIT_SECONDS = 2_592_000;

/** The consent page, which consents at once: a redirect with code, state and the granted scopes, or with an error. */
export class AuthorizeRoute {
  readonly #cloud: Cloud;
  readonly #codes: AuthorizationCodes;
  consent: Consent;

  constructor(cloud: Cloud, codes: AuthorizationCodes, consent: Consent) {
    this.#cloud = cloud;
    this.#codes = codes;
    this.consent = consent;
  }

  answer(query: URLSearchParams): Answer {
    const application = this.#cloud.applications.get(query.get('client_id') ?? '');
    if (application === undefined) return oauthError(400, 'invalid_client', 'Unknown client_id.');
    const redirectUri = query.get('redirect_uri') ?? application.redirectUris?.[0];
    if (redirectUri === undefined || application.redirectUris?.includes(redirectUri) === false || !URL.canParse(redirectUri))
      return oauthError(400, 'invalid_request', 'redirect_uri does not match a registered address.');
    const state = query.get('state');
    const common = {
      ...(state !== null && { state }),
      ...(application.portal === 'new' && { iss: ISSUER }),
    };
    const type = query.get('response_type');
    const implicit = type === 'token';
    const problem = this.#problem(query, type);
    const answer = problem === null ? this.#granted(application, redirectUri, query, implicit) : { error: problem };
    return redirect(redirectUri, { ...answer, ...common }, implicit);
  }

  #problem(query: URLSearchParams, type: string | null): string | null {
    if (type !== 'code' && type !== 'token') return 'unsupported_response_type';
    if (query.has('code_challenge') && query.get('code_challenge_method') !== 'S256') return 'invalid_request';
    return this.consent.denied ? 'access_denied' : null;
  }

  #granted(application: Application, redirectUri: string, query: URLSearchParams, implicit: boolean): Readonly<Record<string, string>> {
    const now = this.#cloud.clock.now();
    const scopes = this.#scopes(query.get('scope'));
    const grant: Grant = this.#cloud.tokens.newGrant(this.consent.personId, application.clientId, scopes);
    const scope = scopes.join(' ');
    if (!implicit) return { code: this.#codes.issue(grant, redirectUri, query.get('code_challenge'), now), scope };
    const { accessToken } = this.#cloud.tokens.issue(grant, now + IMPLICIT_SECONDS * 1000);
    return { access_token: accessToken, token_type: 'bearer', expires_in: String(IMPLICIT_SECONDS), scope };
  }

  /** Unknown names are dropped without a word; none asked for = all. */
  #scopes(asked: string | null): readonly string[] {
    const names = (asked ?? '').split(/\s+/).filter((name) => name !== '');
    const all = names.length === 0 ? Object.keys(SCOPES) : names.filter((name) => Object.hasOwn(SCOPES, name));
    const { scopes } = this.consent;
    return scopes === null ? all : all.filter((name) => scopes.includes(name));
  }
}

function redirect(uri: string, parameters: Readonly<Record<string, string>>, fragment: boolean): Answer {
  const location = new URL(uri);
  if (fragment) location.hash = new URLSearchParams(parameters).toString();
  else for (const [name, value] of Object.entries(parameters)) location.searchParams.set(name, value);
  return { status: 302, headers: { location: location.href } };
}
