import { doubling } from '../async/doubling';
import { LIMITS } from '../catalogue/limits';
import type { OuraError } from '../errors/oura-error';
import { RateLimitedError } from '../errors/rate-limited-error';
import type { FamilyState } from './plan';

/** What a failed fetch means: for its family, and for the whole account. */
export interface Consequence {
  readonly family: Partial<FamilyState>;
  /** Nothing of this account is sent before. */
  readonly pauseUntil: number | null;
  /** The problem concerns the account, not only the family. */
  readonly wide: boolean;
}

/** Pure: error and state in, consequence out. @param openUntil when the client's circuit closes again, null = it is closed */
export function settleFailure(error: OuraError, family: FamilyState, now: number, openUntil: number | null): Consequence {
  const failures = family.failures + 1;
  const failed = { failures, errorCode: error.code };
  if (error.needsSignIn) return { family: failed, pauseUntil: now + LIMITS.signInRetryMs, wide: true };
  switch (error.code) {
    case 'rate_limited':
      return waiting(error instanceof RateLimitedError ? now + error.retryAfterMs : null, now);
    case 'budget_spent':
      return waiting(null, now);
    case 'circuit_open':
      return waiting(openUntil, now);
    case 'membership_lapsed':
      return {
        family: { ...failed, blocked: 'no_membership', blockedUntil: now + LIMITS.membershipRetryMs },
        pauseUntil: null,
        wide: true,
      };
    case 'scope_missing':
      return { family: { ...failed, blocked: 'no_scope', blockedUntil: now + LIMITS.scopeRetryMs }, pauseUntil: null, wide: false };
    case 'not_found':
      return { family: { ...failed, blocked: 'not_supported', blockedUntil: now + LIMITS.scopeRetryMs }, pauseUntil: null, wide: false };
    default:
      return { family: { ...failed, retryAt: now + pauseAfter(failures) }, pauseUntil: null, wide: false };
  }
}

/** Nothing is wrong with the family; it comes back when the account may ask again, and never at once. */
function waiting(pauseUntil: number | null, now: number): Consequence {
  return { family: { retryAt: pauseUntil ?? now + LIMITS.familyRetryFirstMs }, pauseUntil, wide: true };
}

/** 1, 2, 4 … minutes, at most half an hour. */
function pauseAfter(failures: number): number {
  return doubling(LIMITS.familyRetryFirstMs, LIMITS.familyRetryMaxMs, failures - 1);
}
