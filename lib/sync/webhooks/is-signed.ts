import { createHmac, timingSafeEqual } from 'node:crypto';
import { LIMITS } from '../../catalogue/limits';

const SIGNATURE = /^[0-9a-f]{64}$/i;

/** A post as it arrived. */
export interface SignedPost {
  /** Header `x-oura-timestamp`, as sent. */
  readonly timestamp: string;
  /** Header `x-oura-signature`. */
  readonly signature: string;
  readonly body: Buffer;
}

/**
 * Whether one of the secrets has signed a post: hexadecimal HMAC-SHA256 of time and body. Oura's example takes the body as it is written
 * anew by `JSON.stringify`, other receivers take it as it came (API facts, section 5): either will do. Compared in constant time.
 */
export function isSigned({ timestamp, signature, body }: SignedPost, secrets: Iterable<string>): boolean {
  if (!SIGNATURE.test(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  const isBy = (secret: string, content: Buffer | string): boolean =>
    timingSafeEqual(createHmac('sha256', secret).update(timestamp).update(content).digest(), given);
  const all = [...secrets];
  if (all.some((secret) => isBy(secret, body))) return true;
  const compact = rewritten(body);
  return compact !== null && all.some((secret) => isBy(secret, compact));
}

/** @returns null when it is not JSON, too long for an event, or the same as it came */
function rewritten(body: Buffer): string | null {
  if (body.length > LIMITS.webhookRewriteMaxBytes) return null; // reading it costs whoever sends it nothing
  const text = body.toString('utf8');
  try {
    const compact = JSON.stringify(JSON.parse(text));
    return compact === text ? null : compact;
  } catch {
    return null;
  }
}
