import { median } from '../analytics/median';
import { LIMITS } from '../catalogue/limits';

/**
 * What may lie between two rows of a series without being a hole, ms: two hours, or four times the usual spacing (the median) of a series
 * whose rows come seldom.
 * @param times instants of rows, epoch ms, ascending
 */
export function longestGap(times: readonly number[]): number {
  const spacings = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return Math.max(LIMITS.seriesHoleMs, spacings.length === 0 ? 0 : LIMITS.seriesHoleFactor * median(spacings));
}
