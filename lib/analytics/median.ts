/**
 * The middle of the values in order; of an even number the mean of the two in the middle.
 * @param values any unit, at least one
 * @returns same unit; NaN for none
 */
export function median(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b);
  const middle = ordered.length / 2;
  const upper = ordered[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((ordered[middle - 1] ?? NaN) + upper) / 2 : upper;
}
