import { LIMITS } from '../catalogue/limits';

/** How much what was seen so long ago still counts: 1 now, half after a half-life. @param ageMs ms */
export function fading(ageMs: number): number {
  return 0.5 ** (ageMs / LIMITS.rhythmHalfLifeMs);
}
