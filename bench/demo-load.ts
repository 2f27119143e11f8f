import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AxiosHttp } from '../lib/api/axios-http';
import { systemClock } from '../lib/async/system-clock';
import { systemRandom } from '../lib/async/system-random';
import type { Clock } from '../lib/ports/clock';
import { Runtime } from '../lib/runtime';
import { runtimeParts } from '../test/support/runtime-parts';
import { accountConfig } from '../lib/sync/account-config';
import { connected } from './connected';
import { measured, report } from './measured';
import { SCENE } from './scene';

/** A demo account from Deploy to `connected`: the stand-in makes and serves two years inside the same process. Argument: the folder. */
async function main(folder: string): Promise<void> {
  const home = mkdtempSync(path.join(folder, 'home-'));
  const offset = SCENE.now - systemClock.now();
  const clock: Clock = { now: () => systemClock.now() + offset, delay: systemClock.delay };
  const silent = (): void => undefined;
  const http = new AxiosHttp({ userAgent: 'bench/1' });
  const logger = { error: silent, warn: silent, info: silent, debug: silent };
  const runtime = new Runtime({
    folder: home,
    clock,
    random: systemRandom,
    logger,
    http,
    ...runtimeParts(home, { clock, random: systemRandom }),
  });
  const cost = await measured(async () => {
    const config = accountConfig({ id: 'bench', name: 'Bench', mode: 'demo', seed: SCENE.seed }, {});
    await connected(runtime.acquire(config, Promise.resolve()).session);
  });
  await runtime.shutdown();
  http.close();
  rmSync(home, { recursive: true });
  report(cost);
}

void main(process.argv[2] ?? '');
