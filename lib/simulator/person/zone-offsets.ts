import { IANAZone } from 'luxon';
import { OuraError } from '../../errors/oura-error';
import { Memo } from './memo';
import { MS } from './units';

const DAYS_REMEMBERED = 4000;

/** Offsets of one UTC day: before and after the instant `turn` (equal on all but a few days a year). */
interface DayOffsets {
  readonly before: number;
  readonly after: number;
  readonly turn: number;
}

/** UTC offset of one IANA zone. The zone database is asked once per UTC day: inner loops ask for millions of instants. */
export class ZoneOffsets {
  readonly #zone: IANAZone;
  readonly #days = new Memo<DayOffsets>(DAYS_REMEMBERED);

  /** @throws OuraError unexpected when the zone is unknown */
  constructor(name: string) {
    this.#zone = new IANAZone(name);
    if (!this.#zone.isValid) throw new OuraError('unexpected', { reason: `unknown time zone ${name}` });
  }

  /** Milliseconds to add to an instant (epoch ms) to get local wall time. */
  at(instant: number): number {
    const { before, after, turn } = this.#days.get(Math.floor(instant / MS.day), (day) => this.#look(day * MS.day));
    return instant < turn ? before : after;
  }

  /** The instant of a wall time (as if UTC, epoch ms). One that DST skips comes out as far after the gap as it lay behind its beginning. */
  instant(wall: number): number {
    const first = wall - this.at(wall);
    const second = wall - this.at(first);
    return second + this.at(second) === wall ? second : Math.max(first, second);
  }

  #look(start: number): DayOffsets {
    const before = this.#ask(start);
    const after = this.#ask(start + MS.day - 1);
    if (before === after) return { before, after, turn: start };
    let low = start;
    let high = start + MS.day - 1;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#ask(middle) === before) low = middle;
      else high = middle;
    }
    return { before, after, turn: high };
  }

  #ask(instant: number): number {
    return Math.round(this.#zone.offset(instant) * MS.minute);
  }
}
