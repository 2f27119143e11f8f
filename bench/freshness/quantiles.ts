/** Delays in minutes, rounded to a thousandth. */
export interface Delays {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

const MINUTE_MS = 60_000;

/** @param ms delays, any order; without any all figures are 0 */
export function delaysOf(ms: readonly number[]): Delays {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number): number => minutes(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);
  const sum = sorted.reduce((total, one) => total + one, 0);
  return { count: sorted.length, mean: minutes(sum / Math.max(1, sorted.length)), p50: at(0.5), p95: at(0.95), max: at(1) };
}

function minutes(ms: number): number {
  return Math.round((1000 * ms) / MINUTE_MS) / 1000;
}
