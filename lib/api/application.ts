import { LIMITS } from '../catalogue/limits';
import { RateLimitedError } from '../errors/rate-limited-error';
import type { Clock } from '../ports/clock';
import { TokenBucket } from './token-bucket';

/** Numbers of the limiter; each defaults to LIMITS. */
export interface ApplicationLimits {
  /** Requests under way at once. */
  readonly applicationConcurrency: number;
  /** Requests that may follow one another without a wait, and the rate afterwards. */
  readonly applicationBurst: number;
  readonly applicationPerSecond: number;
}

/**
 * The limiter of one Oura application, shared by all its accounts because Oura limits both by token and by application. Requests get their
 * turn in the order they asked. After a 429 nothing is sent until the moment it named.
 */
export class Application {
  readonly #clock: Clock;
  readonly #concurrency: number;
  readonly #bucket: TokenBucket;
  readonly #queue = new Set<() => void>(); // as long as there are callers, each waits for its own turn
  #running = 0;
  #pausedUntil = 0;

  constructor(ports: { readonly clock: Clock; readonly limits?: Partial<ApplicationLimits> }) {
    const limits: ApplicationLimits = { ...LIMITS, ...ports.limits };
    this.#clock = ports.clock;
    this.#concurrency = limits.applicationConcurrency;
    this.#bucket = new TokenBucket(limits.applicationBurst, limits.applicationPerSecond, ports.clock.now());
  }

  /** Epoch ms before which nothing is sent; a moment in the past when nothing stands in the way. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Nothing is sent before `ms` (epoch); a pause already longer stays. */
  pauseUntil(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, ms);
  }

  /**
   * Does the work when it is its turn. A pause of up to LIMITS.retryMaxDelayMs is waited for.
   * @param signal ends the wait; the work looks at it by itself
   * @throws RateLimitedError at once when the pause is longer; the signal's reason
   */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    this.#refuseLongPause();
    await this.#enter(signal);
    try {
      await this.#waitForTurn(signal);
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #waitForTurn(signal: AbortSignal): Promise<void> {
    const waitMs = this.#bucket.take(this.#clock.now());
    try {
      if (waitMs > 0) await this.#clock.delay(waitMs, signal);
      for (let pauseMs = this.#refuseLongPause(); pauseMs > 0; pauseMs = this.#refuseLongPause()) await this.#clock.delay(pauseMs, signal);
    } catch (error) {
      this.#bucket.giveBack();
      throw error;
    }
  }

  /** @returns ms of pause left */
  #refuseLongPause(): number {
    const now = this.#clock.now();
    this.#pausedUntil = Math.min(this.#pausedUntil, now + LIMITS.retryAfterMaxMs); // the clock may have been set back
    const pauseMs = this.#pausedUntil - now;
    if (pauseMs > LIMITS.retryMaxDelayMs) throw new RateLimitedError(pauseMs);
    return pauseMs;
  }

  #enter(signal: AbortSignal): Promise<void> {
    if (this.#running < this.#concurrency) {
      this.#running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#queue.delete(grant);
        reject(signal.reason as Error);
      };
      const grant = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#queue.add(grant);
    });
  }

  #leave(): void {
    const [next] = this.#queue;
    if (next === undefined) {
      this.#running -= 1;
      return;
    }
    this.#queue.delete(next);
    next();
  }
}
