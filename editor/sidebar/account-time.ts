import type { Overview } from '../../lib/accounts/wire';

/** The account's time now: what its overview says, and what has passed since it came. A demo may live in another time than the browser. */
export class AccountTime {
  readonly #offset: number;

  constructor({ at }: Pick<Overview, 'at'>) {
    this.#offset = at === null ? 0 : Date.parse(at) - Date.now();
  }

  /** epoch ms */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** The time of day at which something is, with the day when it is not today. @param at epoch ms */
  clock(at: number): string {
    const isToday = new Date(at).toDateString() === new Date(this.now()).toDateString();
    return new Date(at).toLocaleString(undefined, isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' });
  }
}
