const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;
const MINUTE_MS = 60_000;

/** A date-time of the API taken apart. */
export interface Instant {
  /** epoch ms; of a date-time without offset: as if it were UTC */
  readonly ms: number;
  /** Minutes east of UTC; null where the text names none (local time of the person). */
  readonly offset: number | null;
}

/** Parses ISO 8601 date-times, with or without offset; null for anything else. The system's time zone plays no part. */
export function instantOf(text: string): Instant | null {
  const zone = SHAPE.exec(text);
  if (zone === null) return null;
  const ms = Date.parse(zone[1] === undefined ? `${text}Z` : text);
  return Number.isNaN(ms) ? null : { ms, offset: offsetOf(zone[1]) };
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  if (zone === 'Z') return 0;
  return (Date.parse('1970-01-01T00:00:00Z') - Date.parse(`1970-01-01T00:00:00${zone}`)) / MINUTE_MS;
}
