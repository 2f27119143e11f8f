const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const TIME_LENGTH = '00:00:00.000Z'.length;
const TWO_DIGITS: readonly string[] = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
const [COLON, POINT, ZULU, ZERO] = [0x3a, 0x2e, 0x5a, 0x30];

/** Reads and writes instants spelt as `toISOString` does; quick for many instants of one day. */
export class IsoReader {
  #day = NaN;
  /** The day as `2026-01-01T`. */
  #prefix = '';

  /**
   * Whether a text is what `toISOString` gives.
   * @param time epoch ms
   * @returns false also where that is only not certain: the day is not of the years 0 to 9999
   */
  spells(text: string, time: number): boolean {
    const day = Math.floor(time / DAY_MS);
    if (day !== this.#day) this.#begin(day);
    const at = this.#prefix.length;
    return at > 0 && text.length === at + TIME_LENGTH && text.startsWith(this.#prefix) && msOf(text, at) === time - day * DAY_MS;
  }

  /** What `Date.parse` says, only sooner. */
  parse(text: string): number {
    const at = this.#prefix.length;
    const isOfDay = at > 0 && text.length === at + TIME_LENGTH && text.startsWith(this.#prefix);
    const ms = isOfDay ? this.#day * DAY_MS + msOf(text, at) : NaN;
    if (!Number.isNaN(ms)) return ms;
    const parsed = Date.parse(text);
    this.#begin(Math.floor(parsed / DAY_MS));
    return parsed;
  }

  /** What `toISOString` gives, only sooner. @throws RangeError for what is no instant */
  text(time: number): string {
    const day = Math.floor(time / DAY_MS);
    if (day !== this.#day) this.#begin(day);
    if (this.#prefix === '' || !Number.isInteger(time)) return new Date(time).toISOString();
    const ms = time - day * DAY_MS;
    const seconds = Math.floor(ms / 1000);
    const clock = `${digits(Math.floor(seconds / 3600))}:${digits(Math.floor(seconds / 60) % 60)}:${digits(seconds % 60)}`;
    return `${this.#prefix}${clock}.${String(ms % 1000).padStart(3, '0')}Z`;
  }

  #begin(day: number): void {
    const date = new Date(day * DAY_MS);
    const year = date.getUTCFullYear();
    this.#day = day;
    this.#prefix = year >= 0 && year <= 9999 ? date.toISOString().slice(0, -TIME_LENGTH) : ''; // NaN is neither
  }
}

function digits(value: number): string {
  return TWO_DIGITS[value] ?? '';
}

/** The milliseconds that `00:00:00.000Z` at a place of a text stands for; NaN when something else stands there. */
function msOf(text: string, at: number): number {
  const marks =
    text.charCodeAt(at + 2) === COLON &&
    text.charCodeAt(at + 5) === COLON &&
    text.charCodeAt(at + 8) === POINT &&
    text.charCodeAt(at + 12) === ZULU;
  if (!marks) return NaN;
  const [hours, minutes, seconds] = [number(text, at, 2), number(text, at + 3, 2), number(text, at + 6, 2)];
  if (hours > 23 || minutes > 59 || seconds > 59) return NaN; // 00:60 is no way to say 01:00
  return hours * HOUR_MS + minutes * MINUTE_MS + seconds * 1000 + number(text, at + 9, 3);
}

function number(text: string, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index += 1) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}
