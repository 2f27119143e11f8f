import { LIMITS } from '../catalogue/limits';
import type { TokenSet } from '../ports/token-store';

/** How long an access token works yet, ms; negative = it has expired, Infinity = Oura named no lifetime. */
export function remainingMs({ expiresAt }: TokenSet, now: number): number {
  return expiresAt === null ? Number.POSITIVE_INFINITY : expiresAt - now;
}

/** Whether it is time for a successor: shortly before the end, or in the last part of a short life. */
export function isDue(tokens: TokenSet, now: number): boolean {
  return remainingMs(tokens, now) <= Math.min(LIMITS.tokenAheadMs, lifeMs(tokens) * LIMITS.tokenAheadShare);
}

/** Tokens with more than their whole life left were obtained before the clock was set back: their life begins now, at the latest. */
export function withinLife(tokens: TokenSet, now: number): TokenSet {
  const life = lifeMs(tokens);
  return tokens.expiresAt !== null && remainingMs(tokens, now) > life ? { ...tokens, obtainedAt: now, expiresAt: now + life } : tokens;
}

function lifeMs({ obtainedAt, expiresAt }: TokenSet): number {
  return expiresAt === null ? Number.POSITIVE_INFINITY : expiresAt - obtainedAt;
}
