import type { Clock } from '../ports/clock';

interface Waiter {
  /** Time of the base clock at which this wait is over; moving forward brings it nearer. */
  due: number;
  /** Aborted to end the wait on the base clock, because the waiter's time has come or has changed. */
  moved: AbortController;
}

/**
 * A clock that runs as its base does, `offsetMs` away from it, and can be moved.
 * Moving forward lets every wait that ends meanwhile end at once, the earliest first. Moving backward, as a corrected wall clock does,
 * lengthens no wait: a wait counts time that passes.
 */
export class MovableClock implements Clock {
  readonly #base: Clock;
  readonly #waiters = new Set<Waiter>();
  #offsetMs: number;

  constructor(base: Clock, offsetMs = 0) {
    this.#base = base;
    this.#offsetMs = offsetMs;
  }

  /** How far this clock is ahead of its base, milliseconds. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  now(): number {
    return this.#base.now() + this.#offsetMs;
  }

  async delay(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const waiter: Waiter = { due: this.#base.now() + ms, moved: new AbortController() };
    this.#waiters.add(waiter);
    try {
      do {
        await this.#wait(waiter, signal);
      } while (this.#base.now() < waiter.due);
    } finally {
      this.#waiters.delete(waiter);
    }
  }

  /** Moves the clock by `ms`; negative moves it back. */
  advance(ms: number): void {
    this.#offsetMs += ms;
    if (ms <= 0) return;
    for (const waiter of [...this.#waiters].toSorted((a, b) => a.due - b.due)) {
      waiter.due -= ms;
      waiter.moved.abort();
    }
  }

  /** Moves the clock to the instant `ms` (epoch milliseconds), forward or back. */
  moveTo(ms: number): void {
    this.advance(ms - this.now());
  }

  async #wait(waiter: Waiter, signal: AbortSignal): Promise<void> {
    const { moved } = waiter;
    const either = AbortSignal.any([signal, moved.signal]);
    try {
      await this.#base.delay(waiter.due - this.#base.now(), either);
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      if (!moved.signal.aborted) throw cause;
      waiter.moved = new AbortController();
    }
  }
}
