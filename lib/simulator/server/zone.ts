const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Before this, zones had offsets by the sun; the server takes UTC then. */
const STANDARD_TIME_MS = Date.UTC(1900, 0, 1);

/** Wall-clock time of one IANA zone. Local times are written as the epoch milliseconds that UTC would have at that wall-clock time. */
export class Zone {
  readonly #format: Intl.DateTimeFormat;

  /** @throws RangeError for a name that is no zone */
  constructor(name: string) {
    this.#format = new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** Wall-clock time at an instant. */
  localOf(ms: number): number {
    if (ms < STANDARD_TIME_MS) return ms;
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(ms)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((ms % 1000) + 1000) % 1000);
  }

  /** The instant of a wall-clock time; the first of two where it comes twice, the same span after the gap where it does not come. */
  instantOf(local: number): number {
    const before = this.#offset(local - DAY_MS);
    const after = this.#offset(local + DAY_MS);
    const first = local - Math.max(before, after);
    const second = local - Math.min(before, after);
    return this.localOf(first) === local ? first : second;
  }

  /** The calendar day, `YYYY-MM-DD`, at an instant. */
  dayOf(ms: number): string {
    return new Date(this.localOf(ms)).toISOString().slice(0, 10);
  }

  /** Instant at which a day begins (`hours` after its midnight on the wall clock). */
  startOf(day: string, hours = 0): number {
    return this.instantOf(Date.parse(`${day}T00:00:00Z`) + hours * HOUR_MS);
  }

  #offset(ms: number): number {
    return this.localOf(ms) - ms;
  }
}
