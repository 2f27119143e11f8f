/** Sum of what is known: 0 of nothing, null when there are parts but none is known. */
export function knownSum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return values.length > 0 && known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
