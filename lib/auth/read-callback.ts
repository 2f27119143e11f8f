import type { ErrorCodeName } from '../errors/error-codes';
import { OuraError } from '../errors/oura-error';
import { readScopes } from './read-scopes';

/** The way back from Oura's consent page. `state` null = the text held none. The code and the state are secrets. */
export type Callback = { readonly state: string | null } & (
  | {
      readonly code: string;
      /** Granted permissions; null = not told. */
      readonly scopes: readonly string[] | null;
      /** null = the callback named none; missing = only a code was pasted. For `orderTokenUrls`. */
      readonly issuer?: string | null;
      readonly error?: undefined;
    }
  | { readonly error: OuraError; readonly code?: undefined }
);

/** Errors of RFC 6749, section 4.1.2.1, that are more than a reason to try again later. */
const ERRORS: Readonly<Record<string, ErrorCodeName>> = {
  access_denied: 'consent_denied',
  unauthorized_client: 'client_refused',
  invalid_request: 'request_invalid',
};
/** What an error may look like to be told: anybody can write an address. */
const ERROR = /^[a-z_]{1,40}$/;
/** A code alone: long enough not to be a word that was pasted by mistake. */
const CODE_ALONE = /^[\w.~-]{16,}$/;
/** Lines broken on the way, by mail programs and terminals. */
const BREAKS = /\s*[\r\n]\s*/g;

/**
 * Reads the query of a callback, or what a person pasted: the whole address, its query, only `code=…&state=…`, or the code alone. White
 * space and broken lines, a fragment and HTML's `&amp;` are tolerated.
 * @returns with an error instead of a code: `consent_denied`, `client_refused`, `request_invalid`, `oura_said` for any other, or
 *   `callback_invalid` when nothing usable is in it
 */
export function readCallback(text: string): Callback {
  const clean = text.trim().replace(BREAKS, '').replaceAll('&amp;', '&');
  if (CODE_ALONE.test(clean)) return { state: null, code: clean, scopes: null };
  const found = queriesOf(clean).find((query) => query.has('code') || query.has('error'));
  const value = (name: string): string | null => nullIfEmpty(found?.get(name)?.replaceAll(/\s/g, ''));
  const [state, code, error] = [value('state'), value('code'), value('error')];
  if (error !== null && ERROR.test(error)) return { state, error: errorOf(error) };
  if (error !== null || code === null) return { state, error: new OuraError('callback_invalid') };
  return { state, code, scopes: readScopes(found?.get('scope') ?? null), issuer: value('iss') };
}

function errorOf(error: string): OuraError {
  const code = Object.hasOwn(ERRORS, error) ? ERRORS[error] : undefined;
  return code === undefined ? new OuraError('oura_said', { error }) : new OuraError(code);
}

/** What may be a query: what comes before the `#` and what comes after it, each from its `?` on. */
function queriesOf(text: string): readonly URLSearchParams[] {
  const [before = '', ...fragment] = text.split('#');
  return [before, fragment.join('#')].map((part) => new URLSearchParams(part.slice(part.indexOf('?') + 1)));
}

function nullIfEmpty(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
