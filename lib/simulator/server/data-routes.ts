import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import type { Body } from '../../ports/documents';
import { detail, type Answer } from './answer';
import type { Cloud } from './cloud';
import { collectionPage } from './collection-page';
import type { PageTokens, PagePosition } from './page-tokens';
import type { PersonData } from './person-data';
import type { ServerRequest } from './request';
import { scopeRefusal } from './scope-refusal';
import { selectFields } from './select-fields';
import type { Grant } from './token-book';
import { validationError } from './validation-error';
import { windowOf } from './window-of';

const PREFIX = '/v2/usercollection/';
const KEY_BY_PATH: ReadonlyMap<string, EndpointKey> = new Map(ENDPOINT_KEYS.map((key) => [endpointOf(key).path, key]));
const TRUE = new Set(['true', '1', 'yes', 'on', 't', 'y']);
const FALSE = new Set(['false', '0', 'no', 'off', 'f', 'n']);

/** The collections of real persons: `/v2/usercollection/<path>` and `…/<path>/<id>`. */
export class DataRoutes {
  readonly #cloud: Cloud;
  readonly #pages: PageTokens;

  constructor(cloud: Cloud, pages: PageTokens) {
    this.#cloud = cloud;
    this.#pages = pages;
  }

  /** @returns null when the path is not one of these routes */
  answer(request: ServerRequest): Answer | null {
    if (!request.path.startsWith(PREFIX)) return null;
    const [path = '', id, ...more] = request.path.slice(PREFIX.length).split('/');
    const key = KEY_BY_PATH.get(path);
    if (key === undefined || more.length > 0 || (id !== undefined && !endpointOf(key).single)) return detail(404, 'Not Found');
    if (request.method !== 'GET') return detail(405, 'Method Not Allowed');
    const now = this.#cloud.clock.now();
    const token = bearer(request.headers['authorization']);
    const grant = token === null ? null : this.#cloud.tokens.valid(token, now);
    const keys = { ...(token !== null && { token }), ...(grant !== null && { application: grant.clientId }) };
    const refused = this.#cloud.limiter.refuse(this.#cloud.settings.current.rateLimits, keys, now);
    if (refused !== null) return refused;
    if (grant === null) return detail(401, 'The access token is expired, malformed or revoked.');
    return this.#authorised(key, id, request, grant, now);
  }

  #authorised(key: EndpointKey, id: string | undefined, request: ServerRequest, grant: Grant, now: number): Answer {
    if (this.#cloud.lapsed.has(grant.personId))
      return detail(403, "The user's subscription to Oura has expired and their data is not available via the API.");
    const refused = scopeRefusal(endpointOf(key), grant.scopes);
    if (refused !== null) return refused;
    const data = this.#cloud.persons.get(grant.personId);
    if (data === undefined) return detail(401, 'The access token is expired, malformed or revoked.');
    if (key === 'personal_info') return { status: 200, body: grantedInfo(data.personalInfo(now), grant.scopes) };
    if (id === undefined) return this.#collection(key, data, request, now);
    const document = data.find(key, decodeURIComponent(id), now);
    return document === null ? detail(404, 'Document not found.') : { status: 200, body: document.body };
  }

  #collection(key: EndpointKey, data: PersonData, request: ServerRequest, now: number): Answer {
    const row = endpointOf(key);
    const fields = request.query.get('fields');
    const latest = readFlag(row.latest ? request.query.get('latest') : null);
    if (latest === null) return notBoolean(request.query.get('latest'));
    const { bounds, refused } = windowOf(row, request.query, data.zone, now);
    if (bounds === null) return refused;
    if (latest) {
      const newest = data.newest(key, now);
      return { status: 200, body: { data: selectFields(key, fields, newest === null ? [] : [newest.body]), next_token: null } };
    }
    const token = request.query.get('next_token');
    const first: PagePosition = { ...bounds, anchorMs: bounds.fromMs, skip: 0 };
    const owner = pageOwner(key, data.id, request.query);
    const position = token === null ? first : this.#pages.read(owner, token);
    if (position === null) return detail(400, 'Invalid next_token.');
    const { documents, rows } = this.#cloud.settings.current.pageSize;
    const page = collectionPage(data, key, position, row.kind === 'series' ? rows : documents, now);
    const next = page.next === null ? null : this.#pages.write(owner, page.next);
    const repeated = request.repeatNextToken ? (token ?? next ?? this.#pages.write(owner, first)) : next;
    const bodies = selectFields(
      key,
      fields,
      page.documents.map(({ body }) => body),
    );
    return { status: 200, body: { data: bodies, next_token: repeated } };
  }
}

function bearer(header: string | undefined): string | null {
  return /^bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? null;
}

/** `id` is readable with any token, the e-mail address with `email`, the rest with `personal` (specification, tag text). */
function grantedInfo(info: Body, scopes: readonly string[]): Body {
  const readable = (name: string): boolean => name === 'id' || scopes.includes(name === 'email' ? 'email' : 'personal');
  return Object.fromEntries(Object.entries(info).filter(([name]) => readable(name)));
}

/** What a next_token belongs to: all parameters but the token itself. */
function pageOwner(key: EndpointKey, personId: string, query: URLSearchParams): string {
  const others = new URLSearchParams(query);
  others.delete('next_token');
  others.sort();
  return `${key} ${personId} ${others.toString()}`;
}

/** @returns null when it is neither true nor false */
function readFlag(text: string | null): boolean | null {
  if (text === null) return false;
  const word = text.toLowerCase();
  return TRUE.has(word) ? true : FALSE.has(word) ? false : null;
}

function notBoolean(input: string | null): Answer {
  const msg = 'Input should be a valid boolean, unable to interpret input';
  return validationError([{ type: 'bool_parsing', loc: ['query', 'latest'], msg, input }]);
}
