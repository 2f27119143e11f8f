import { AuthorizationCode, type AccessToken } from 'simple-oauth2';
import { LIMITS } from '../catalogue/limits';
import type { ErrorCodeName } from '../errors/error-codes';
import { OuraError } from '../errors/oura-error';
import type { Clock } from '../ports/clock';
import type { CodeExchange, OAuth, OAuthApplication } from '../ports/oauth';
import type { TokenSet } from '../ports/token-store';
import { errorOfTokenFailure, type TokenRefusal } from './error-of-token-failure';
import { inTime } from './in-time';
import { postForm } from './post-form';
import { proxyAgentFor } from './proxy-agent-for';
import { readTokenAnswer } from './read-token-answer';
import { readTokenFailure } from './read-token-failure';

/** A refresh token that nobody has: an address that knows the application says so. */
const MADE_UP = 'made-up-to-find-the-portal';
/** The library's time-out, which ends the connection, comes after ours, so that ours decides what is said. */
const SPARE_MS = 1000;
const VISIBLE_ASCII = /^[\x20-\x7e]+$/;

export interface SimpleOAuthOptions {
  readonly clock: Clock;
  /** `User-Agent` of every request: name and version of the package. */
  readonly userAgent: string;
  /** Default LIMITS.tokenTimeoutMs. */
  readonly timeoutMs?: number;
}

/** Where to ask, and what the answers mean. */
interface TokenOrder {
  readonly tokenUrls: readonly string[];
  /** What it means that the code or the refresh token is refused. */
  readonly spent: ErrorCodeName;
  /** The tokens replaced; null = a first sign-in. */
  readonly before: TokenSet | null;
  /** Whether to ask the next address too when one does not say clearly that it knows no such application. */
  readonly isPatient: boolean;
}

interface Refusal extends TokenRefusal {
  readonly path: string;
}

type Request = (library: AuthorizationCode) => Promise<AccessToken>;

/**
 * The port OAuth by simple-oauth2. Its fault in `refresh` (5.1.0: a refresh token that the answer leaves out is lost) does not matter here,
 * because tokens are put together from what came. Client id and secret go in the form, no redirect is followed, the proxy
 * variables of the environment hold.
 */
export class SimpleOAuth implements OAuth {
  readonly #options: Required<SimpleOAuthOptions>;

  constructor(options: SimpleOAuthOptions) {
    this.#options = { timeoutMs: LIMITS.tokenTimeoutMs, ...options };
  }

  exchange(application: OAuthApplication, { code, redirectUri, codeVerifier }: CodeExchange): Promise<TokenSet> {
    const parameters = { code, redirect_uri: redirectUri, ...(codeVerifier !== null && { code_verifier: codeVerifier }) };
    const order = { tokenUrls: application.tokenUrls, spent: 'code_refused', before: null, isPatient: true } as const;
    return this.#tokens(application, order, (library) => library.getToken(parameters));
  }

  refresh(application: OAuthApplication, tokens: TokenSet): Promise<TokenSet> {
    const tokenUrls = application.tokenUrls.toSorted((a, b) => Number(b === tokens.tokenUrl) - Number(a === tokens.tokenUrl));
    const order = { tokenUrls, spent: 'grant_ended', before: tokens, isPatient: false } as const;
    return this.#tokens(application, order, refreshing(tokens.refreshToken));
  }

  /** Any answer will do but a failing server: a token that is not known any more needs no revoking. */
  async revoke(application: OAuthApplication, tokens: TokenSet): Promise<void> {
    const url = parsed(application.revokeUrl);
    const { clientId: client_id, clientSecret: client_secret } = application;
    // Oura documents access_token as part of the address, where a token does not belong: addresses end up in logs
    const status = await postForm(url, { access_token: tokens.accessToken, client_id, client_secret }, this.#options);
    if (status >= 500) throw new OuraError('server_failed', { status, path: url.pathname });
  }

  async probe(application: OAuthApplication): Promise<string | null> {
    const refusals: TokenRefusal['refused'][] = [];
    let failure: OuraError | null = null;
    for (const tokenUrl of application.tokenUrls) {
      const outcome = await this.#ask(application, tokenUrl, refreshing(MADE_UP));
      if (outcome instanceof OuraError) failure ??= outcome;
      else if ('refused' in outcome && outcome.refused === 'grant') return tokenUrl;
      else if ('refused' in outcome) refusals.push(outcome.refused);
    }
    if (failure !== null && failure.code !== 'token_answer_invalid') throw failure;
    if (refusals.length === application.tokenUrls.length && refusals.every((refused) => refused === 'client'))
      throw new OuraError('client_refused');
    return null;
  }

  /** Asks one address after the other until one knows the application. What an address has refused as spent is not shown to another. */
  async #tokens(application: OAuthApplication, order: TokenOrder, request: Request): Promise<TokenSet> {
    const { tokenUrls, spent, before, isPatient } = order;
    const refusals: Refusal[] = [];
    for (const tokenUrl of tokenUrls) {
      const outcome = await this.#ask(application, tokenUrl, request);
      if (outcome instanceof OuraError) throw outcome;
      if (!('refused' in outcome)) {
        const { clientId } = application;
        return readTokenAnswer(outcome.body, { tokenUrl, clientId, now: this.#options.clock.now(), before });
      }
      if (outcome.refused === 'grant') throw new OuraError(spent);
      refusals.push({ ...outcome, path: new URL(tokenUrl).pathname });
      if (outcome.refused === 'unclear' && !isPatient) break;
    }
    throw errorOfRefusals(refusals);
  }

  async #ask(application: OAuthApplication, tokenUrl: string, request: Request): Promise<{ body: unknown } | TokenRefusal | OuraError> {
    const url = parsed(tokenUrl);
    if (!VISIBLE_ASCII.test(application.clientId) || !VISIBLE_ASCII.test(application.clientSecret))
      return { refused: 'client', status: 401 };
    try {
      const { token } = await inTime(request(this.#library(application, url)), url, this.#options.timeoutMs);
      return { body: token };
    } catch (failure) {
      if (failure instanceof OuraError) return failure;
      return errorOfTokenFailure(readTokenFailure(failure), url, this.#options.clock.now());
    }
  }

  #library({ clientId, clientSecret }: OAuthApplication, url: URL): AuthorizationCode {
    const { timeoutMs, userAgent } = this.#options;
    const agent = proxyAgentFor(url);
    return new AuthorizationCode({
      client: { id: clientId, secret: clientSecret },
      auth: { tokenHost: url.origin, tokenPath: url.pathname + url.search },
      http: { timeout: timeoutMs + SPARE_MS, headers: { 'user-agent': userAgent }, ...(agent !== null && { agent }) },
      options: { authorizationMethod: 'body', bodyFormat: 'form' },
    });
  }
}

/** The client is wrong only if every address says so: the next renewal would not be tried otherwise. */
function errorOfRefusals(refusals: readonly Refusal[]): OuraError {
  const unclear = refusals.find(({ refused }) => refused === 'unclear');
  if (unclear !== undefined) return new OuraError('server_failed', { status: unclear.status, path: unclear.path });
  const request = refusals.find(({ refused }) => refused === 'request');
  if (request !== undefined) return new OuraError('request_refused', { status: request.status, path: request.path });
  return new OuraError(refusals.length === 0 ? 'address_invalid' : 'client_refused');
}

function refreshing(refreshToken: string): Request {
  return (library) => library.createToken({ refresh_token: refreshToken }).refresh();
}

function parsed(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new OuraError('address_invalid');
  return url;
}
