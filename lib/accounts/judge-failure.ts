import { toOuraError } from '../errors/to-oura-error';
import type { AddressFound } from './judge-answer';

/** Reasons for which a name leads nowhere (getaddrinfo). */
const NO_SUCH_HOST = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'];

/** Judges why nothing came back from a public address. */
export function judgeFailure(cause: unknown, host: string): AddressFound {
  const { code, params } = toOuraError(cause);
  const reason = String(params['reason'] ?? code);
  if (code === 'timed_out') return { code: 'timed_out', params: { host, seconds: params['seconds'] ?? 0 } };
  if (code === 'tls_failed') return { code: 'certificate', params: { host, reason } };
  if (code === 'body_unexpected') return { code: 'page', params: { by: host, status: 200 } }; // more than anybody reads
  if (NO_SUCH_HOST.includes(reason)) return { code: 'host_unknown', params: { host } };
  return reason === 'ECONNREFUSED' ? { code: 'refused', params: { host } } : { code: 'unreachable', params: { host, reason } };
}
