import { LIMITS } from '../catalogue/limits';
import type { Random } from '../ports/random';

/** Numbers of a retry schedule. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly tries: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

const DEFAULT: RetryPolicy = { tries: LIMITS.requestTries, firstDelayMs: LIMITS.retryFirstDelayMs, maxDelayMs: LIMITS.retryMaxDelayMs };

/**
 * The waits between the tries of one request, ms, `tries - 1` of them: exponential with full jitter. The n-th wait (n from 1) is
 * `floor(random * min(maxDelayMs, firstDelayMs * 2^(n-1)))` with random in [0, 1); jitter included, it stays below that bound.
 * Formula: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export function* retrySchedule(random: Random, policy: RetryPolicy = DEFAULT): Generator<number, void> {
  for (let n = 1; n < policy.tries; n += 1) {
    yield Math.floor(random.next() * Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (n - 1)));
  }
}
