interface Waits {
  delay(ms: number, signal: AbortSignal): Promise<void>;
}

const STEP_MS = 60_000;

/** A wait that ends early when someone calls `wake`; a call while nobody waits is remembered for the next wait. */
export class Wakeup {
  #woken = false;
  #current: AbortController | null = null;

  wake(): void {
    this.#woken = true;
    this.#current?.abort();
  }

  /** @returns whether someone called `wake`. @throws the signal's reason when it is aborted */
  async wait(ms: number, clock: Waits, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    if (!this.#woken) {
      const current = new AbortController();
      this.#current = current;
      const stop = (): void => {
        current.abort();
      };
      signal.addEventListener('abort', stop, { once: true });
      try {
        await clock.delay(ms, current.signal);
      } catch (error) {
        if (!current.signal.aborted) throw error;
      } finally {
        signal.removeEventListener('abort', stop);
        this.#current = null;
      }
      signal.throwIfAborted();
    }
    const woken = this.#woken;
    this.#woken = false;
    return woken;
  }

  /** Waits until the clock shows `at` or someone calls `wake`. Looks at the wall clock every minute: machines sleep, and clocks are set. */
  async waitUntil(at: number, clock: Waits & { now(): number }, signal: AbortSignal): Promise<void> {
    for (let left = at - clock.now(); left > 0; left = at - clock.now())
      if (await this.wait(Math.min(left, STEP_MS), clock, signal)) return;
  }
}
