import type { Zone } from './zone';

/** Numbers above this are milliseconds, below it seconds (pydantic's watershed). */
const SECONDS_MAX = 2e10;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[T _t](\d{2}:\d{2})(:\d{2}(?:[.,]\d{1,9})?)?(Z|z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads a query parameter as the API's framework does (pydantic): a date, a date-time with or without offset, or a number since the epoch.
 * Dates and times without offset are local.
 * @returns the instant and whether only a date was given; null when it is none of these
 */
export function parseMoment(text: string, zone: Zone): { readonly ms: number; readonly dateOnly: boolean } | null {
  if (/^-?\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return { ms: Math.abs(number) > SECONDS_MAX ? number : number * 1000, dateOnly: false };
  }
  if (DATE.test(text)) {
    const local = readUtc(`${text}T00:00:00Z`, text);
    return local === null ? null : { ms: zone.instantOf(local), dateOnly: true };
  }
  const [whole, date, minutes, seconds = ':00', offset] = DATE_TIME.exec(text) ?? [];
  if (whole === undefined || date === undefined || minutes === undefined) return null;
  const time = `${date}T${minutes}${seconds.replace(',', '.')}`;
  const local = readUtc(`${time}Z`, date);
  if (local === null) return null;
  if (offset === undefined) return { ms: zone.instantOf(local), dateOnly: false };
  const colon = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
  const ms = Date.parse(`${time}${colon}`);
  return Number.isNaN(ms) ? null : { ms, dateOnly: false };
}

/** Date.parse rolls 30 February over; the API refuses it. */
function readUtc(text: string, date: string): number | null {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date) ? ms : null;
}
