import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { isAccountId } from '../../lib/auth/check-account-id';
import { OuraError } from '../../lib/errors/oura-error';
import { toOuraError } from '../../lib/errors/to-oura-error';
import { refusalOf } from './refusal-of';

/** What the calls of the editor are about. */
export type AdminKind = 'account' | 'home';

/** One call of the editor. `id` is that of an account, or of whatever kind the route is for, or `-`. */
export interface AdminCall {
  readonly id: string;
  readonly body: unknown;
  /** Aborted when the browser does not wait any more. */
  readonly signal: AbortSignal;
}

export type AdminHandler = (call: AdminCall) => object | Promise<object>;

/**
 * Serves `oura/<kind>/:id/<action>` to those who may read (GET) or write (POST) such nodes. Refusals are told as codes, never as texts of
 * the cause. Only JSON is taken: pages of other origins cannot send that unasked.
 * @param also further permissions that are needed
 */
export function adminRoute(
  RED: NodeAPI,
  method: 'get' | 'post',
  action: string,
  handle: AdminHandler,
  also: readonly string[] = [],
  kind: AdminKind = 'account',
): void {
  const permissions = [`oura-${kind}.${method === 'get' ? 'read' : 'write'}`, ...also].map((one) => RED.auth.needsPermission(one));
  RED.httpAdmin[method](`/oura/${kind}/:id/${action}`, ...permissions, (request: Request, response: Response) => {
    void answer(RED, request, response, handle);
  });
}

async function answer(RED: NodeAPI, request: Request, response: Response, handle: AdminHandler): Promise<void> {
  const { id } = request.params;
  const gone = new AbortController();
  response.on('close', () => {
    gone.abort(new DOMException('The browser does not wait any more.', 'AbortError'));
  });
  response.set('Cache-Control', 'no-store');
  try {
    if (request.method === 'POST' && request.is('application/json') === false)
      throw new OuraError('field_invalid', { field: 'content-type' });
    if (typeof id !== 'string' || !(id === '-' || isAccountId(id))) throw new OuraError('field_invalid', { field: 'id' });
    response.json(await handle({ id, body: request.body as unknown, signal: gone.signal }));
  } catch (cause) {
    if (gone.signal.aborted) return;
    const [status, refusal] = refusalOf(cause);
    if (status === 500) RED.log.error(`[oura] ${toOuraError(cause).message}`);
    response.status(status).json(refusal);
  }
}
