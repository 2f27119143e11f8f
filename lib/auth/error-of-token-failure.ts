import { LIMITS } from '../catalogue/limits';
import { errorOfNetwork } from '../errors/error-of-network';
import { OuraError } from '../errors/oura-error';
import { RateLimitedError } from '../errors/rate-limited-error';
import { retryAfter } from '../errors/retry-after';
import type { TokenFailure } from './read-token-failure';

/** Errors of a token address: RFC 6749, section 5.2. Whatever else refuses is not Oura's sign-in but something in front of it. */
const REFUSALS: Readonly<Record<string, TokenRefusal['refused']>> = {
  invalid_grant: 'grant',
  invalid_client: 'client',
  invalid_request: 'request',
  unauthorized_client: 'request',
  unsupported_grant_type: 'request',
  invalid_scope: 'request',
};

/**
 * What a failed token request means. `grant`: code or refresh token are spent, wrong or revoked · `client`: this address does not know the
 * application · `request`: refused for another reason, which is how an address of the other portal answers too · `unclear`: refused by who
 * knows whom, such as a proxy, and perhaps not for long
 */
export interface TokenRefusal {
  readonly refused: 'grant' | 'client' | 'request' | 'unclear';
  readonly status: number;
}

/**
 * @param url of the token address; its host and path may go into the error
 * @param now epoch ms, for waits given as a moment
 */
export function errorOfTokenFailure(failure: TokenFailure, url: URL, now: number): OuraError | TokenRefusal {
  if (failure.kind === 'network') return errorOfNetwork(failure.cause, url.host);
  const { status, error, headers } = failure;
  const path = url.pathname;
  if (status === 429) return new RateLimitedError(retryAfter(headers, now, LIMITS));
  if (status >= 500) return new OuraError('server_failed', { status, path });
  if (status < 400) return new OuraError('token_answer_invalid', { path });
  return { refused: (error === null ? null : REFUSALS[error]) ?? 'unclear', status };
}
