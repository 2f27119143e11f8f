const SECOND_MS = 1000;

/** Lets `burst` through at once and `perSecond` on average; waiting is the caller's. Instants are epoch ms. */
export class TokenBucket {
  readonly #burst: number;
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: number;

  constructor(burst: number, perSecond: number, nowMs: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#tokens = burst;
    this.#filledAt = nowMs;
  }

  /** Takes a token, if need be one not yet there. @returns ms to wait until it is */
  take(nowMs: number): number {
    const elapsedMs = Math.max(0, nowMs - this.#filledAt); // a clock set back gives nothing
    this.#filledAt = nowMs;
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsedMs * this.#perSecond) / SECOND_MS) - 1;
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens * SECOND_MS) / this.#perSecond);
  }

  /** Returns a token that was not used. */
  giveBack(): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + 1);
  }
}
