const SECOND_MS = 1000;

interface Limits {
  readonly retryAfterDefaultMs: number;
  readonly retryAfterMaxMs: number;
}

/**
 * How long a 429 asks to wait, ms: `Retry-After` (seconds or an HTTP date), else `X-RateLimit-Reset` (unix seconds), else
 * `X-RateLimit-Window` (seconds), else the default; never longer than the maximum. A moment already past says nothing.
 * Headers as in Oura's OpenAPI text 1.39.
 * @param headers by names in lower case
 * @param limits LIMITS
 */
export function retryAfter(headers: Readonly<Record<string, string>>, nowMs: number, limits: Limits): number {
  const after = headers['retry-after'];
  const candidates = [
    seconds(after),
    isNumber(after) ? null : until(Date.parse(after ?? ''), nowMs),
    until(seconds(headers['x-ratelimit-reset']), nowMs),
    seconds(headers['x-ratelimit-window']),
  ];
  const waitMs = candidates.find((candidate) => candidate !== null) ?? limits.retryAfterDefaultMs;
  return Math.min(waitMs, limits.retryAfterMaxMs);
}

function isNumber(text: string | undefined): boolean {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text);
}

function seconds(text: string | undefined): number | null {
  return isNumber(text) ? Number(text) * SECOND_MS : null;
}

function until(momentMs: number | null, nowMs: number): number | null {
  return momentMs !== null && momentMs > nowMs ? momentMs - nowMs : null;
}
