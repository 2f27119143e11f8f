import os from 'node:os';
import path from 'node:path';
import type { NodeAPI } from 'node-red';
import { AxiosHttp } from '../../lib/api/axios-http';
import { systemClock } from '../../lib/async/system-clock';
import { systemRandom } from '../../lib/async/system-random';
import { Runtime } from '../../lib/runtime';
import { version } from '../../package.json';

const runtimes = new Map<string, Runtime>();

/** The runtime of this Node-RED: made once, it outlives every deploy. */
export function runtimeOf(RED: NodeAPI): Runtime {
  const folder = path.join(RED.settings.userDir ?? path.join(os.homedir(), '.node-red'), 'oura');
  const runtime = runtimes.get(folder) ?? createRuntime(RED, folder);
  runtimes.set(folder, runtime);
  return runtime;
}

function createRuntime(RED: NodeAPI, folder: string): Runtime {
  const tell = (level: 'error' | 'warn' | 'info' | 'debug') => (message: string) => {
    RED.log[level](`[oura] ${message}`);
  };
  const logger = { error: tell('error'), warn: tell('warn'), info: tell('info'), debug: tell('debug') };
  const http = new AxiosHttp({ userAgent: `node-red-oura/${version}` });
  return new Runtime({ folder, clock: systemClock, random: systemRandom, logger, http });
}
