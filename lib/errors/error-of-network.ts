import { OuraError } from './oura-error';

/** Codes for a failed handshake or a certificate that is not trusted (Node.js documentation, tls, "X509 certificate error codes"). */
const TLS_CODE =
  /^(EPROTO|ERR_TLS_\w+|ERR_SSL_\w+|\w*(CERT|CRL)\w*|UNABLE_TO_\w+|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED)$/;
/** The code of axios when the connection ends in the middle of an answer. */
const CUT_SHORT = 'ERR_BAD_RESPONSE';
const UNKNOWN = 'UNKNOWN';

/**
 * What a failed exchange becomes. Nothing of the library's error goes further: it holds the request's headers and so the token.
 * @param host goes into the error
 */
export function errorOfNetwork(failure: unknown, host: string): OuraError {
  const code = codeOf(failure) ?? UNKNOWN;
  const reason = code === CUT_SHORT ? 'ECONNRESET' : code;
  return new OuraError(TLS_CODE.test(reason) ? 'tls_failed' : 'unreachable', { host, reason });
}

function codeOf(failure: unknown): string | null {
  if (typeof failure !== 'object' || failure === null) return null;
  if ('code' in failure && typeof failure.code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(failure.code)) return failure.code;
  return 'cause' in failure ? codeOf(failure.cause) : null;
}
