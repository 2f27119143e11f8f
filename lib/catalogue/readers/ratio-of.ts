import { roundTo } from './round-to';

const DECIMALS = 2;

/** `factor * part / whole`, two decimals; null when either is missing or the whole is not positive. */
export function ratioOf(part: number | null, whole: number | null, factor: number): number | null {
  if (part === null || whole === null || whole <= 0) return null;
  const ratio = (factor * part) / whole;
  return Number.isFinite(ratio) ? roundTo(ratio, DECIMALS) : null;
}
