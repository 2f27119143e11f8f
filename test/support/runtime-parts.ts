import { InProcessTokenRequests } from '../../lib/auth/in-process-token-requests';
import { SimpleOAuth } from '../../lib/auth/simple-oauth';
import { TokenFiles } from '../../lib/auth/token-files';
import type { Clock } from '../../lib/ports/clock';
import type { Random } from '../../lib/ports/random';
import type { RuntimePorts } from '../../lib/runtime-ports';
import { FolderFiles } from '../../lib/store/folder-files';

/**
 * What a runtime needs for sign-ins and from its host: real files, real requests made by this process.
 * @param accountIds of the flows
 */
export function runtimeParts(
  folder: string,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  accountIds: () => ReadonlySet<string> = () => new Set(),
): Pick<RuntimePorts, 'tokenStore' | 'tokenRequests' | 'host'> {
  const files = new FolderFiles(folder);
  const tokenStore = new TokenFiles({ files, random, secrets: () => ['test'], installation: 'test' });
  const oauth = new SimpleOAuth({ clock, userAgent: 'test/1' });
  return {
    tokenStore,
    tokenRequests: new InProcessTokenRequests({ files, store: tokenStore, oauth, clock, random, pid: process.pid, isAlive: () => true }),
    host: { version: '0.0.0', nodeRed: null, accountIds, callbackPath: () => '/oura/oauth/callback', publicRoot: () => '' },
  };
}
