import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';

/** Equal for equal content, the order of keys apart. */
export function contentDigest(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body)).digest('base64');
}
