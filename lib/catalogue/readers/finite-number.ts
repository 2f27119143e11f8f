/** A number a person can have: finite and exact to the unit; null for anything else. Zero is a value. */
export function finiteNumber(value: unknown): number | null {
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null;
}
