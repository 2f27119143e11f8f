import { doubling } from '../async/doubling';
import { LIMITS } from '../catalogue/limits';
import type { OuraError } from '../errors/oura-error';
import { RateLimitedError } from '../errors/rate-limited-error';

/** How long an account that could not find out who it belongs to waits, ms. @param failures before this one */
export function pauseAfter(error: OuraError, failures: number): number {
  if (error instanceof RateLimitedError) return error.retryAfterMs;
  if (error.retry === 'after-user-action') return LIMITS.signInRetryMs;
  return doubling(LIMITS.familyRetryFirstMs, LIMITS.familyRetryMaxMs, failures);
}
