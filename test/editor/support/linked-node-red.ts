import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RealNodeRed, ROOT, type NodeRedModule } from '../../support/real-node-red';

/** What a person has ticked off in the user settings: the welcome tour would lie over the editor. */
const TICKED = { editor: { view: { 'view-show-welcome-tours': false } } };
/** Whoever uses an editor without a login, and those of the one with a login. */
const USERS = { _: TICKED, admin: TICKED, reader: TICKED };

/**
 * A Node-RED in which the built checkout is installed by a link. Resolves when its editor can be opened.
 * @param settings besides the usual ones, such as `httpAdminRoot`
 */
export async function startLinked(
  module: NodeRedModule,
  flows: readonly unknown[],
  env: NodeJS.ProcessEnv = {},
  settings: { readonly httpAdminRoot?: string } = {},
): Promise<RealNodeRed> {
  const userDir = mkdtempSync(path.join(os.tmpdir(), `${module}-`));
  const scope = path.join(userDir, 'node_modules/@oura-flows');
  mkdirSync(scope, { recursive: true });
  symlinkSync(ROOT, path.join(scope, 'node-red-oura'), 'junction');
  writeFileSync(path.join(userDir, '.config.users.json'), JSON.stringify(USERS));
  const nodeRed = await RealNodeRed.start(module, { userDir, flows, env, settings });
  await nodeRed.until(
    'the editor to be served',
    async () => (await fetch(nodeRed.url + (settings.httpAdminRoot ?? '')).catch(() => null))?.ok,
  );
  return nodeRed;
}
