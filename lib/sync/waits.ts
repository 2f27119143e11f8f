import { LIMITS } from '../catalogue/limits';
import type { FamilyState } from './plan';

/**
 * Until when a family rests after a failure or a refusal, epoch ms; 0 = not at all. A wait that ends later than any wait lasts was written
 * down by a clock that was ahead; it does not count.
 */
export function waitUntilOf({ retryAt, blockedUntil }: Pick<FamilyState, 'retryAt' | 'blockedUntil'>, now: number): number {
  const believed = (until: number | null, longestMs: number): number => (until === null || until > now + longestMs ? 0 : until);
  return Math.max(believed(retryAt, LIMITS.retryAfterMaxMs), believed(blockedUntil, LIMITS.scopeRetryMs));
}
