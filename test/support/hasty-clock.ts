import { systemClock } from '../../lib/async/system-clock';
import type { Clock } from '../../lib/ports/clock';

const SLICE_MS = 50;

/** A clock that skips waits as if they had passed, except those that bound something. */
export class HastyClock implements Clock {
  readonly #bounds: readonly number[];
  #skippedMs = 0;

  /** @param bounds lengths of waits that take their time */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
  }

  now(): number {
    return systemClock.now() + this.#skippedMs;
  }

  async delay(ms: number, signal: AbortSignal): Promise<void> {
    const isBound = this.#bounds.includes(ms);
    // In slices: while the machine stands still, no more than one of them passes.
    for (let left = isBound ? ms : 0; left > 0; left -= SLICE_MS) await systemClock.delay(SLICE_MS, signal);
    await systemClock.delay(0, signal);
    if (!isBound) this.#skippedMs += ms;
  }
}
