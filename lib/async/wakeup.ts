interface Waits {
  delay(ms: number, signal: AbortSignal): Promise<void>;
}

/** A wait that ends early when someone calls `wake`; a call while nobody waits is remembered for the next wait. */
export class Wakeup {
  #woken = false;
  #current: AbortController | null = null;

  wake(): void {
    this.#woken = true;
    this.#current?.abort();
  }

  /** @throws the signal's reason when it is aborted */
  async wait(ms: number, clock: Waits, signal: AbortSignal): Promise<void> {
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
    this.#woken = false;
  }
}
