import type { Answer } from './answer';

/** An error answer of a token address (RFC 6749, section 5.2). */
export function oauthError(status: number, error: string, description: string): Answer {
  const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="oauth"' } : {};
  return { status, headers: { 'cache-control': 'no-store', ...challenge }, body: { error, error_description: description } };
}
