import { detail, type Answer } from './answer';
import type { RateLimit, ServerSettings } from './simulator-options';

type Tier = keyof ServerSettings['rateLimits'];

/** Counts requests in rolling windows, per access token and per application. */
export class RateLimiter {
  readonly #taken = new Map<string, number[]>();

  /** Counts one request. @returns the 429 to answer, null when the request may pass; a refused request is not counted */
  refuse(limits: ServerSettings['rateLimits'], keys: Readonly<Partial<Record<Tier, string>>>, now: number): Answer | null {
    const layers = (['token', 'application'] as const).flatMap((tier) => {
      const key = keys[tier];
      return key === undefined ? [] : [{ tier, limit: limits[tier], times: this.#times(`${tier} ${key}`, limits[tier], now) }];
    });
    const full = layers.find(({ limit, times }) => times.length >= limit.limit);
    if (full !== undefined) return tooMany(full.tier, full.limit, full.times, now);
    for (const { times } of layers) times.push(now);
    return null;
  }

  reset(): void {
    this.#taken.clear();
  }

  #times(key: string, { windowMs }: RateLimit, now: number): number[] {
    // A clock moved back must not leave requests of the future in the window.
    const times = (this.#taken.get(key) ?? []).filter((at) => at > now - windowMs && at <= now);
    this.#taken.set(key, times);
    return times;
  }
}

/** Five headers, as the specification names them since 1.34; answers of 2xx carry none of them. */
function tooMany(tier: Tier, { limit, windowMs }: RateLimit, times: readonly number[], now: number): Answer {
  const oldest = times[0] ?? now;
  const newest = times.at(-1) ?? now;
  return detail(429, 'Request Rate Limit Exceeded.', {
    'retry-after': String(Math.max(1, Math.ceil((oldest + windowMs - now) / 1000))),
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-window': String(Math.ceil(windowMs / 1000)),
    'x-ratelimit-reset': String(Math.ceil((newest + windowMs) / 1000)),
    'x-ratelimit-tier': tier === 'token' ? 'access_token' : 'application',
  });
}
