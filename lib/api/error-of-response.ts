import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { RateLimitedError } from '../errors/rate-limited-error';
import { retryAfter } from '../errors/retry-after';
import type { HttpResponse } from '../ports/http';

/** How Oura words a missing scope, recorded with 401 and, by one report, with 403 (2026). */
const MISSING_SCOPE = /not authorized access ([\w.:-]{1,60}) scope/i;

/**
 * The error an answer stands for; null for 2xx. Nothing of the answer's body goes into it but the name of a scope.
 * @param path the API's path without query and without a document's id
 * @param nowMs epoch ms, for waits given as a moment
 */
export function errorOfResponse(response: HttpResponse, path: string, nowMs: number): OuraError | null {
  const { status } = response;
  if (status >= 200 && status < 300) return null;
  if (status === 401 || status === 403) {
    const scope = missingScope(response.text);
    if (scope !== null) return new OuraError('scope_missing', { scope });
    return new OuraError(status === 401 ? 'not_authorised' : 'membership_lapsed');
  }
  if (status === 404) return new OuraError('not_found', { path });
  if (status === 429) return new RateLimitedError(retryAfter(response.headers, nowMs, LIMITS));
  if (status >= 500) return new OuraError('server_failed', { status, path });
  if (status >= 400) return new OuraError('request_refused', { status, path });
  return new OuraError('body_unexpected', { path });
}

function missingScope(text: string): string | null {
  const detail = detailOf(text);
  return (detail === null ? null : MISSING_SCOPE.exec(detail)?.[1]) ?? null;
}

function detailOf(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : null;
    return typeof detail === 'string' ? detail : null;
  } catch {
    return null; // a refusal need not be JSON
  }
}
