/** An instant, epoch ms, as ISO 8601 in UTC; null for none and for never. */
export function isoInstant(ms: number | null): string | null {
  return ms === null || !Number.isFinite(ms) ? null : new Date(ms).toISOString();
}
