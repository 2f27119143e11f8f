import type { Answer } from './answer';
import { detail } from './answer';
import type { AuthorizationCodes } from './authorization-codes';
import type { Cloud } from './cloud';
import { oauthError } from './oauth-error';
import type { ServerRequest } from './request';
import type { Application } from './simulator-options';
import type { Grant } from './token-book';

/**
 * The token address of one portal. Codes and refresh tokens work once. An application of the other portal gets 400 `invalid_request` for a
 * refresh and 401 for a code, which may be lost by that (issues of an open-source client, July to September 2026).
 */
export class TokenRoute {
  readonly #cloud: Cloud;
  readonly #codes: AuthorizationCodes;
  readonly #portal: Application['portal'];

  constructor(cloud: Cloud, codes: AuthorizationCodes, portal: Application['portal']) {
    this.#cloud = cloud;
    this.#codes = codes;
    this.#portal = portal;
  }

  answer(request: ServerRequest): Answer {
    if (request.method !== 'POST') return detail(405, 'Method Not Allowed');
    const form = new URLSearchParams(request.body);
    const application = this.#authenticated(form, request.headers['authorization']);
    if (application === null) return oauthError(401, 'invalid_client', 'Invalid Client ID');
    const type = form.get('grant_type');
    if (type === 'authorization_code') return this.#exchange(application, form);
    if (type === 'refresh_token') return this.#refresh(application, form);
    if (type === null) return oauthError(400, 'invalid_request', 'grant_type is missing.');
    return oauthError(400, 'unsupported_grant_type', 'Invalid Grant Type');
  }

  #exchange(application: Application, form: URLSearchParams): Answer {
    const code = form.get('code');
    if (code === null) return oauthError(400, 'invalid_request', 'code is missing.');
    if (application.portal !== this.#portal) {
      if (this.#cloud.settings.current.oauth.wrongPortalBurnsCode) this.#codes.burn(code);
      return oauthError(401, 'invalid_client', 'Unauthorized');
    }
    const now = this.#cloud.clock.now();
    const redirectUri = form.get('redirect_uri') ?? '';
    const grant = this.#codes.take(code, application.clientId, redirectUri, form.get('code_verifier'), now);
    return grant === null ? oauthError(400, 'invalid_grant', 'The code is invalid, expired or used.') : this.#issue(grant);
  }

  #refresh(application: Application, form: URLSearchParams): Answer {
    const refreshToken = form.get('refresh_token');
    if (refreshToken === null) return oauthError(400, 'invalid_request', 'refresh_token is missing.');
    if (application.portal !== this.#portal) return oauthError(400, 'invalid_request', 'Bad Request');
    const spent = this.#cloud.tokens.spend(refreshToken, application.clientId);
    if (spent?.outcome === 'fresh') return this.#issue(spent.grant);
    if (spent !== null && this.#cloud.settings.current.oauth.reuseRevokesGrant) spent.grant.revoked = true;
    return oauthError(400, 'invalid_grant', 'Token Already Used Or Revoked');
  }

  #issue(grant: Grant): Answer {
    const { expiresInSeconds } = this.#cloud.settings.current.oauth;
    const issued = this.#cloud.tokens.issue(grant, this.#cloud.clock.now() + expiresInSeconds * 1000);
    const extra = this.#portal === 'new' && {
      id_token: `id-${issued.accessToken}`,
      scope: grant.scopes.map((scope) => `extapi:${scope}`).join(' '),
    };
    const { accessToken: access_token, refreshToken: refresh_token } = issued;
    const body = { access_token, token_type: 'bearer', expires_in: expiresInSeconds, refresh_token, ...extra };
    return { status: 200, headers: { 'cache-control': 'no-store' }, body };
  }

  /** Client id and secret come in the form or as HTTP Basic. */
  #authenticated(form: URLSearchParams, header: string | undefined): Application | null {
    const basic = /^basic +(\S+)$/i.exec(header ?? '')?.[1];
    const [id, secret] = basic === undefined ? [form.get('client_id'), form.get('client_secret')] : readBasic(basic);
    const application = this.#cloud.applications.get(id ?? '');
    return application?.clientSecret === secret ? application : null;
  }
}

/** RFC 6749, section 2.3.1: both halves are form-encoded before they are joined. */
function readBasic(encoded: string): readonly [string, string] {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const [decoded] = [...new URLSearchParams(`${text.slice(0, colon)}=${text.slice(colon + 1)}`)];
  return decoded ?? ['', ''];
}
