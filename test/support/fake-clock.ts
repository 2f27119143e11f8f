import type { Clock } from '../../lib/ports/clock';

interface Waiter {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that moves when told to. Delays end in the order of their moments, equal ones in the order they were asked for. */
export class FakeClock implements Clock {
  #now: number;
  /** Time passed, apart from the wall clock, which can be set. */
  #elapsed = 0;
  readonly #waiters = new Set<Waiter>();
  #onWaiting: (() => void)[] = [];

  constructor(now = Date.parse('2026-03-01T08:00:00Z')) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** Delays under way. */
  get waiting(): number {
    return this.#waiters.size;
  }

  /** Milliseconds until the next delay ends; null when there is none. */
  get untilNext(): number | null {
    const next = this.#next();
    return next === null ? null : next.at - this.#elapsed;
  }

  delay(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = (): void => {
        this.#waiters.delete(waiter);
        reject(signal.reason as Error);
      };
      const wake = (): void => {
        this.#waiters.delete(waiter);
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const waiter: Waiter = { at: this.#elapsed + Math.max(ms, 0), wake };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiters.add(waiter);
      if (ms <= 0)
        setImmediate(() => {
          if (this.#waiters.has(waiter)) wake();
        });
      for (const tell of this.#onWaiting.splice(0)) tell();
    });
  }

  /** Lets `ms` milliseconds pass; what a delay sets going (further delays too) has happened when this resolves, the network apart. */
  async advance(ms: number): Promise<void> {
    const target = this.#elapsed + ms;
    await turn();
    for (let next = this.#next(); next !== null && next.at <= target; next = this.#next()) {
      this.#pass(next.at - this.#elapsed);
      next.wake();
      await turn();
    }
    this.#pass(target - this.#elapsed);
    await turn();
  }

  /** Sets the wall clock as a person or a time server would: delays under way are not touched. */
  setNow(ms: number): void {
    this.#now = ms;
  }

  /** Resolves when at least `count` delays are under way. */
  async untilWaiting(count = 1): Promise<void> {
    while (this.#waiters.size < count) await this.#change();
  }

  /** Skips every delay that comes up until the promise is settled. @returns what it resolves to; throws what it rejects with */
  async drive<T>(promise: Promise<T>): Promise<T> {
    const done = promise.then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([done, this.untilWaiting().then(() => false)]))) await this.advance(this.untilNext ?? 0);
    return await promise;
  }

  /** Resolves when a delay begins. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#onWaiting.push(resolve);
    });
  }

  #next(): Waiter | null {
    let next: Waiter | null = null;
    for (const waiter of this.#waiters) if (next === null || waiter.at < next.at) next = waiter;
    return next;
  }

  #pass(ms: number): void {
    this.#elapsed += ms;
    this.#now += ms;
  }
}

/** One turn of the event loop: every promise that can go on has done so. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
