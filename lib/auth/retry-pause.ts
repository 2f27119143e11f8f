import { LIMITS } from '../catalogue/limits';
import type { OuraError } from '../errors/oura-error';
import { RateLimitedError } from '../errors/rate-limited-error';

/** Keeps a renewal that failed from being tried again at once: the pause doubles with each failure in a row. */
export class RetryPause {
  #pauseMs = 0;
  #failed: { readonly error: OuraError; readonly at: number } | null = null;

  /** Whether the last try failed. */
  get isFailing(): boolean {
    return this.#failed !== null;
  }

  /**
   * @param now epoch ms; a clock set back ends the pause
   * @throws OuraError the last failure, as long as its pause lasts
   */
  check(now: number): void {
    if (this.#failed !== null && now >= this.#failed.at && now < this.#failed.at + this.#pauseMs) throw this.#failed.error;
  }

  /** A try failed; Oura's own wish to wait is kept too. */
  failed(error: OuraError, now: number): void {
    const pauseMs = Math.min(Math.max(LIMITS.familyRetryFirstMs, 2 * this.#pauseMs), LIMITS.familyRetryMaxMs);
    this.#pauseMs = error instanceof RateLimitedError ? Math.max(pauseMs, error.retryAfterMs) : pauseMs;
    this.#failed = { error, at: now };
  }

  clear(): void {
    this.#pauseMs = 0;
    this.#failed = null;
  }
}
