import type { Endpoint } from '../../catalogue/endpoint';
import { detail, type Answer } from './answer';

/** Scope whose absence was seen answered in the long form (RFC 7807); the others come short. */
const LONG_FORM = 'heart_health';

/** The 401 of a token without the scope an endpoint needs; null when it has one. */
export function scopeRefusal(row: Endpoint, scopes: readonly string[]): Answer | null {
  const needed = row.scopes[0];
  if (needed === undefined || row.scopes.some((scope) => scopes.includes(scope))) return null;
  const text = `Token is not authorized access ${needed} scope.`;
  return needed === LONG_FORM ? { status: 401, body: { status: 401, title: 'Unauthorized', detail: text } } : detail(401, text);
}
