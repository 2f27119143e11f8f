import type { Answer } from './answer';
import { detail } from './answer';
import { AuthorizationCodes } from './authorization-codes';
import { AuthorizeRoute, type Consent } from './authorize-route';
import type { Cloud } from './cloud';
import type { ServerRequest } from './request';
import { TokenRoute } from './token-route';

/** Oura's sign-in addresses of both developer portals, on one host. */
export class OAuthRoutes {
  readonly #cloud: Cloud;
  readonly #authorize: AuthorizeRoute;
  readonly #legacy: TokenRoute;
  readonly #new: TokenRoute;

  constructor(cloud: Cloud, consent: Consent) {
    const codes = new AuthorizationCodes(cloud.random);
    this.#cloud = cloud;
    this.#authorize = new AuthorizeRoute(cloud, codes, consent);
    this.#legacy = new TokenRoute(cloud, codes, 'legacy');
    this.#new = new TokenRoute(cloud, codes, 'new');
  }

  /** What the person will do on the consent page from now on. */
  set consent(consent: Consent) {
    this.#authorize.consent = consent;
  }

  get consent(): Consent {
    return this.#authorize.consent;
  }

  /** @returns null when the path is not one of these routes */
  answer(request: ServerRequest): Answer | null {
    switch (request.path) {
      case '/oauth/authorize':
      case '/oauth/v2/ext/oauth-authorize':
        return request.method === 'GET' ? this.#authorize.answer(request.query) : detail(405, 'Method Not Allowed');
      case '/oauth/token':
        return this.#legacy.answer(request);
      case '/oauth/v2/ext/oauth-token':
        return this.#new.answer(request);
      case '/oauth/revoke':
        return this.#revoke(request);
      default:
        return null;
    }
  }

  /** The verb is not documented; both GET and POST are in use. An unknown token is no error (RFC 7009). */
  #revoke(request: ServerRequest): Answer {
    const form = new URLSearchParams(request.body);
    const token = request.query.get('access_token') ?? form.get('access_token') ?? form.get('token');
    if (token === null) return detail(400, 'access_token is missing.');
    this.#cloud.tokens.revoke(token);
    return { status: 200, body: {} };
  }
}
