import { OuraError } from '../errors/oura-error';
import { RateLimitedError } from '../errors/rate-limited-error';
import type { ToldError } from './token-task';

/** An error as JSON can carry it to another process: without stack and cause. */
export function toldError(error: OuraError): ToldError {
  const retryAfterMs = error instanceof RateLimitedError ? error.retryAfterMs : null;
  return { code: error.code, params: { ...error.params }, retryAfterMs };
}

/** The same error again, where it arrives. */
export function heardError({ code, params, retryAfterMs }: ToldError): OuraError {
  return retryAfterMs === null ? new OuraError(code, params) : new RateLimitedError(retryAfterMs);
}
