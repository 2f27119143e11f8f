import os from 'node:os';
import path from 'node:path';
import type { NodeAPI } from 'node-red';
import { AxiosHttp } from '../../lib/api/axios-http';
import { systemClock } from '../../lib/async/system-clock';
import { systemRandom } from '../../lib/async/system-random';
import { TokenFiles } from '../../lib/auth/token-files';
import { TokenProcess } from '../../lib/auth/token-process';
import type { TokenPlace } from '../../lib/auth/token-task';
import { Runtime } from '../../lib/runtime';
import { FolderFiles } from '../../lib/store/folder-files';
import { version } from '../../package.json';
import { hostOf } from './host-of';
import { installationOf } from './installation-of';
import { packageLogger } from './package-logger';
import { tokenSecretsOf } from './token-secrets-of';

/** Made by the build beside the bundle that this becomes part of. */
const TOKEN_PROGRAM = path.join(__dirname, 'tokens.js');

const runtimes = new Map<string, Runtime>();

/** The runtime of this Node-RED: made once, it outlives every deploy. */
export function runtimeOf(RED: NodeAPI): Runtime {
  const folder = path.join(RED.settings.userDir ?? path.join(os.homedir(), '.node-red'), 'oura');
  const runtime = runtimes.get(folder) ?? createRuntime(RED, folder);
  runtimes.set(folder, runtime);
  return runtime;
}

function createRuntime(RED: NodeAPI, folder: string): Runtime {
  const logger = packageLogger(RED);
  const userAgent = `node-red-oura/${version}`;
  const secrets = (): readonly (string | null)[] => tokenSecretsOf(RED);
  const installation = installationOf(folder);
  const tokenStore = new TokenFiles({ files: new FolderFiles(folder), random: systemRandom, secrets, installation });
  tokenStore.renewSecrets(); // Node-RED forgets the secret it made as soon as it works with a chosen one
  const place = (): TokenPlace => ({ folder, userAgent, secrets: [...secrets()], installation });
  return new Runtime({
    folder,
    clock: systemClock,
    random: systemRandom,
    logger,
    http: new AxiosHttp({ userAgent }),
    tokenStore,
    tokenRequests: new TokenProcess({ program: TOKEN_PROGRAM, place, clock: systemClock }),
    host: hostOf(RED, version),
  });
}
