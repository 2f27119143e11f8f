import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import { detail, type Answer } from './answer';
import type { Cloud } from './cloud';
import type { ServerRequest } from './request';
import { sandboxDocuments } from './sandbox-documents';
import { windowOf } from './window-of';
import { Zone } from './zone';

const PREFIX = '/v2/sandbox/usercollection/';
const DAY_MS = 86_400_000;

/**
 * Oura's public sandbox with the oddities measured by third parties (July and August 2026): any text in `Authorization` opens it, without
 * one it answers 400; `fields` and `latest` do nothing; `next_token` is always null; single documents never come.
 */
export class SandboxRoutes {
  readonly #cloud: Cloud;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  /** @returns null when the path is not one of these routes */
  answer(request: ServerRequest): Answer | null {
    if (!request.path.startsWith(PREFIX)) return null;
    const [path = '', id, ...more] = request.path.slice(PREFIX.length).split('/');
    const key = ENDPOINT_KEYS.find((one) => endpointOf(one).path === path);
    if (key === undefined || key === 'personal_info' || more.length > 0) return detail(404, 'Not Found');
    if (id !== undefined && !endpointOf(key).single) return detail(404, 'Not Found');
    if (request.method !== 'GET') return detail(405, 'Method Not Allowed');
    const authorization = request.headers['authorization'] ?? '';
    if (authorization.trim() === '') return detail(400, "Missing auth token. Include any string in 'Authorization' header.");
    const now = this.#cloud.clock.now();
    const token = authorization.replace(/^bearer +/i, '');
    const clientId = this.#cloud.tokens.valid(token, now)?.clientId;
    const keys = { token, ...(clientId !== undefined && { application: clientId }) };
    const refused = this.#cloud.limiter.refuse(this.#cloud.settings.current.rateLimits, keys, now);
    if (refused !== null) return refused;
    return id === undefined ? this.#collection(key, request.query, now) : single(path, id);
  }

  #collection(key: Exclude<EndpointKey, 'personal_info'>, query: URLSearchParams, now: number): Answer {
    if (endpointOf(key).window.params === 'none')
      return { status: 200, body: { data: sandboxDocuments(key, { fromMs: now, toMs: now + DAY_MS }), next_token: null } };
    const { bounds, refused } = windowOf(endpointOf(key), query, new Zone('UTC'), now);
    return bounds === null ? refused : { status: 200, body: { data: sandboxDocuments(key, bounds), next_token: null } };
  }
}

function single(path: string, id: string): Answer {
  const itsOwn = new RegExp(`^${path}-\\d+-\\d{1,4}-\\d{1,2}-\\d{1,2}$`).test(id);
  return itsOwn ? { status: 500, text: 'Internal Server Error' } : detail(404, 'Invalid sandbox document ID format.');
}
