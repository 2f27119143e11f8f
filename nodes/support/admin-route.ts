import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { ZodError } from 'zod';
import { FieldErrors } from '../../lib/accounts/field-errors';
import type { Refusal } from '../../lib/accounts/wire';
import { isAccountId } from '../../lib/auth/check-account-id';
import { OuraError } from '../../lib/errors/oura-error';
import { toOuraError } from '../../lib/errors/to-oura-error';

/** One call of the editor. `id` is an account's, or `-`. */
export interface AdminCall {
  readonly id: string;
  readonly body: unknown;
  /** Aborted when the browser does not wait any more. */
  readonly signal: AbortSignal;
}

export type AdminHandler = (call: AdminCall) => object | Promise<object>;

/**
 * Serves `oura/account/:id/<action>` to those who may read (GET) or write (POST) accounts. Refusals are told as codes, never as texts of
 * the cause. Only JSON is taken: pages of other origins cannot send that unasked.
 * @param also further permissions that are needed
 */
export function adminRoute(RED: NodeAPI, method: 'get' | 'post', action: string, handle: AdminHandler, also: readonly string[] = []): void {
  const permissions = [method === 'get' ? 'oura-account.read' : 'oura-account.write', ...also].map((one) => RED.auth.needsPermission(one));
  RED.httpAdmin[method](`/oura/account/:id/${action}`, ...permissions, (request: Request, response: Response) => {
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

function refusalOf(cause: unknown): readonly [number, Refusal] {
  if (cause instanceof FieldErrors) return [422, cause.toRefusal()];
  if (cause instanceof ZodError)
    return [400, { errors: [{ field: null, code: 'field_invalid', params: { field: cause.issues[0]?.path.join('.') ?? '' } }] }];
  const { code, params, retry } = toOuraError(cause);
  return [code === 'unexpected' ? 500 : retry === 'later' ? 503 : 422, { errors: [{ field: null, code, params }] }];
}
