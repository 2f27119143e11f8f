import * as z from 'zod';
import type { HttpResponse } from '../ports/http';
import type { AddressFindingKey } from './address-findings';
import { answererOf } from './answerer-of';
import { WEBHOOK_SERVICE } from './webhook-refusal';
import type { Told } from './wire';

/** What was asked at the public address. */
export interface AddressQuestion {
  /** Without the query. */
  readonly url: URL;
  readonly challenge: string;
  /** Where Node-RED serves it: the path of the callback, from the root of Node-RED on. */
  readonly servedAt: string;
}

/** What was found, and the parameters of its text. */
export interface AddressFound extends Told {
  readonly code: AddressFindingKey;
}

const echo = z.looseObject({ challenge: z.unknown() });
const ours = z.looseObject({ service: z.literal(WEBHOOK_SERVICE) });
/** How Express, and so Node-RED, says that it has no such path. */
const NO_ROUTE = '<pre>Cannot GET ';
/** What the middleware of `httpNodeAuth` names itself. */
const NODE_LOGIN = /^Basic realm="?Authorization Required/i;

/** Judges what came back from a public address. @returns null when it is the answer that Oura wants; who gave it is another matter */
export function judgeAnswer(response: HttpResponse, { url, challenge, servedAt }: AddressQuestion): AddressFound | null {
  const { status, headers } = response;
  const by = answererOf(response, url.host);
  const body = readJson(response);
  if (ours.safeParse(body).success) return { code: 'other_installation', params: {} };
  if (status === 200 && echo.safeParse(body).success)
    return (body as { readonly challenge: unknown }).challenge === challenge ? null : { code: 'wrong_challenge', params: {} }; // parsed
  if (status >= 300 && status < 400) return { code: 'redirected', params: { to: originOf(headers['location'], url) } };
  if (status === 401 && NODE_LOGIN.test(headers['www-authenticate'] ?? '')) return { code: 'node_login', params: {} };
  if (status === 401 || status === 407) return { code: 'proxy_login', params: { by, status } };
  if (status === 403) return { code: 'forbidden', params: { by } };
  if (status >= 500) return { code: 'gateway', params: { by, status } };
  if (status === 404 && response.text.includes(NO_ROUTE)) return { code: 'wrong_path', params: { path: url.pathname, served: servedAt } };
  if (status === 404) return { code: 'not_found', params: { by } };
  if (isPage(response)) return { code: 'page', params: { by, status } };
  return body === undefined ? { code: 'other_answer', params: { by, status } } : { code: 'other_json', params: { by, status } };
}

/** @returns undefined when it is not JSON */
function readJson({ text }: HttpResponse): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPage({ headers, text }: HttpResponse): boolean {
  return /html/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype html|html)\b/i.test(text);
}

/** Only the origin: a path may carry what is nobody's business. */
function originOf(location: string | undefined, base: URL): string {
  return URL.parse(location ?? '', base)?.origin ?? base.origin;
}
