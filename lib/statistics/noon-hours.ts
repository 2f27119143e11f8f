import { nextTurn } from '../async/next-turn';
import { noonHour } from './noon-hour';

/** Some milliseconds on a small machine. */
const BLOCK_DAYS = 50;

/** The hours of days in one zone (`noonHour`), each worked out once: a hundred statistics have the same days. */
export class NoonHours {
  readonly zone: string;
  readonly #hours = new Map<string, number>();

  constructor(zone: string) {
    this.zone = zone;
  }

  /** Works out many; the event loop gets its turn between blocks of them. @throws the signal's reason */
  async prepare(days: Iterable<{ readonly day: string }>, signal: AbortSignal): Promise<void> {
    let worked = 0;
    for (const { day } of days) {
      if (this.#hours.has(day)) continue;
      this.of(day);
      worked += 1;
      if (worked % BLOCK_DAYS !== 0) continue;
      await nextTurn();
      signal.throwIfAborted();
    }
  }

  /** epoch ms */
  of(day: string): number {
    const known = this.#hours.get(day) ?? noonHour(day, this.zone);
    this.#hours.set(day, known);
    return known;
  }
}
