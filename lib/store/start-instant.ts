const ISO = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * The instant of a time as the API spells it, epoch ms. A time without an offset counts as UTC, so that the machine's zone never matters.
 * @returns null for no text and for one that is no ISO 8601 date or date-time
 */
export function startInstant(text: string | null): number | null {
  if (text === null) return null;
  const match = ISO.exec(text);
  if (match === null) return null;
  const isLocal = text.includes('T') && match[1] === undefined;
  const ms = Date.parse(isLocal ? `${text}Z` : text);
  return Number.isNaN(ms) ? null : ms;
}
