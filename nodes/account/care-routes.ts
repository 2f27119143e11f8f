import type { NodeAPI } from 'node-red';
import * as z from 'zod';
import { OuraError } from '../../lib/errors/oura-error';
import type { Runtime } from '../../lib/runtime';
import { refresh } from '../../lib/sync/refresh';
import type { AccountSession } from '../../lib/sync/account-session';
import { adminRoute } from '../support/admin-route';

const nothing = z.strictObject({});
const person = z.string().regex(/^[0-9a-f]{12}$/);
const erase = z.strictObject({ confirm: z.string().max(200) });
const debug = z.strictObject({ on: z.boolean() });
const adopt = z.strictObject({ person, account: z.string().max(64) });
const deletion = z.strictObject({ person, confirm: z.string().max(200) });

/** What the sidebar and the dialog of a running account ask for. */
export function registerCare(RED: NodeAPI, runtime: Runtime): void {
  const { care } = runtime;
  adminRoute(RED, 'get', 'overview', ({ id }) => care.overview(id));
  adminRoute(RED, 'get', 'diagnostics', ({ id }) => care.diagnostics(id));
  adminRoute(RED, 'get', 'orphans', () => ({ persons: care.orphans.list() }));
  adminRoute(RED, 'post', 'check-everything', ({ id, body, signal }) => {
    nothing.parse(body);
    return care.check(id, signal);
  });
  adminRoute(RED, 'post', 'refresh', async ({ id, body, signal }) => {
    nothing.parse(body);
    runtime.wake(id);
    const engine = await sessionOf(runtime, id).whenEngine(signal);
    return await refresh(engine, { families: [], range: 'recent' }, () => undefined, signal);
  });
  adminRoute(RED, 'post', 'debug', ({ id, body }) => {
    care.logOf(sessionOf(runtime, id).config.id).turn(debug.parse(body).on);
    return care.overview(id);
  });
  adminRoute(RED, 'post', 'export', ({ id, body, signal }) => {
    nothing.parse(body);
    return care.export(id, signal);
  });
  adminRoute(RED, 'post', 'erase', async ({ id, body }) => {
    await runtime.erase(id, erase.parse(body).confirm);
    return {};
  });
  adminRoute(RED, 'post', 'adopt', async ({ body }) => {
    await runtime.adopt(adopt.parse(body));
    return { persons: care.orphans.list() };
  });
  adminRoute(RED, 'post', 'delete-orphan', ({ body }) => {
    care.orphans.remove(deletion.parse(body));
    return { persons: care.orphans.list() };
  });
}

/** @throws OuraError `account_missing` */
function sessionOf(runtime: Runtime, id: string): AccountSession {
  const session = runtime.sessionOf(id);
  if (session === null) throw new OuraError('account_missing');
  return session;
}
