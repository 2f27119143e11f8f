import { OuraError } from './oura-error';

/** 429: nothing may be sent before `retryAfterMs` have passed. */
export class RateLimitedError extends OuraError {
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('rate_limited', { seconds: Math.ceil(retryAfterMs / 1000) });
    this.retryAfterMs = retryAfterMs;
  }
}
