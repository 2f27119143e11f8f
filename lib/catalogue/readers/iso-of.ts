import type { Instant } from './instant-of';

const MINUTE_MS = 60_000;
const LATEST_MS = 8.64e15; // what a Date can hold
const DAY_MS = 86_400_000;

/**
 * The date-time of an instant in its own offset, whole seconds: `2026-03-29T07:00:00+03:00`; without offset where it has none.
 * @returns null for an instant beyond the calendar
 */
export function isoOf({ ms, offset }: Instant): string | null {
  if (!(Math.abs(ms) < LATEST_MS - DAY_MS)) return null;
  const local = new Date(ms + (offset ?? 0) * MINUTE_MS).toISOString().replace(/\.\d+Z$/, '');
  return offset === null ? local : `${local}${offsetText(offset)}`;
}

function offsetText(offset: number): string {
  const size = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
