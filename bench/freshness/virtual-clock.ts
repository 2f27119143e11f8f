import type { Clock } from '../../lib/ports/clock';

interface Waiter {
  readonly at: number;
  readonly wake: () => void;
}

/** Turns of the event loop without anything new after which all that is under way is taken to wait for the clock. */
const QUIET_TURNS = 3;

/** A clock without hands: when nobody can go on, it jumps to the moment the next waiter waits for. Sixty days pass in seconds. */
export class VirtualClock implements Clock {
  readonly #waiters = new Set<Waiter>();
  #now: number;
  #moves = 0;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  delay(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = (): void => {
        this.#moves += 1;
        this.#waiters.delete(waiter);
        reject(signal.reason as Error);
      };
      const wake = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const waiter: Waiter = { at: this.#now + Math.max(ms, 0), wake };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiters.add(waiter);
      this.#moves += 1;
    });
  }

  /** Lets time pass until `until` (epoch ms). @param onRest called whenever nobody can go on without time passing */
  async runTo(until: number, onRest: () => void): Promise<void> {
    for (;;) {
      await this.#rest();
      onRest();
      const next = this.#next();
      if (next === null || next.at > until) break;
      this.#waiters.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
    this.#now = Math.max(this.#now, until);
  }

  async #rest(): Promise<void> {
    for (let quiet = 0, seen = this.#moves; quiet < QUIET_TURNS; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#moves !== seen) [quiet, seen] = [-1, this.#moves];
    }
  }

  #next(): Waiter | null {
    let next: Waiter | null = null;
    for (const waiter of this.#waiters) if (next === null || waiter.at < next.at) next = waiter;
    return next;
  }
}
