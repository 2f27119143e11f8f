/** A pause that doubles with each failure up to a bound, ms. @param doublings 0 = the first pause */
export function doubling(firstMs: number, maxMs: number, doublings: number): number {
  return Math.min(maxMs, firstMs * 2 ** doublings);
}
