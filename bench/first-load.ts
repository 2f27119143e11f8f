import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { AxiosHttp } from '../lib/api/axios-http';
import { systemClock } from '../lib/async/system-clock';
import { systemRandom } from '../lib/async/system-random';
import { LIMITS } from '../lib/catalogue/limits';
import type { Clock } from '../lib/ports/clock';
import { Runtime } from '../lib/runtime';
import { runtimeParts } from '../test/support/runtime-parts';
import { accountConfig } from '../lib/sync/account-config';
import { connected } from './connected';
import { measured, report } from './measured';
import { places, SCENE } from './scene';

const LIFTED = { applicationBurst: 1e9 };

/**
 * The first connection of an account: from nothing to the state `connected`, with the database on disk. Arguments: the folder, the server's
 * address, `default` or `lifted` limits, and `keep` when the database is wanted
 * afterwards.
 */
async function main(folder: string, base: string, limits: string, after: string): Promise<void> {
  const home = mkdtempSync(path.join(folder, 'home-'));
  const offset = SCENE.now - systemClock.now();
  const clock: Clock = { now: () => systemClock.now() + offset, delay: systemClock.delay };
  const logger = { error: complain, warn: complain, info: () => undefined, debug: () => undefined };
  const http = new AxiosHttp({ userAgent: 'bench/1' });
  const random = systemRandom;
  const ports = { folder: home, clock, random, logger, http, ...runtimeParts(home, { clock, random }) };
  const runtime = new Runtime({ ...ports, ...(limits === 'lifted' && { limits: LIFTED }) });
  const properties = { id: 'bench', name: 'Bench', mode: 'token', apiBase: base, historyDays: SCENE.days };
  let counts = {};
  let personId = '';
  const cost = await measured(async () => {
    const { session } = runtime.acquire(accountConfig(properties, { accessToken: SCENE.token }), Promise.resolve());
    await connected(session);
    const { used } = session.connection?.budget ?? { used: 0 };
    const stats = session.host?.keeper.current.stats();
    counts = {
      requests: used,
      documents: sum(stats?.documents),
      rows: sum(stats?.rows),
      overBurst: Math.max(0, used - LIMITS.applicationBurst),
    };
    personId = session.host?.personId ?? '';
  });
  await runtime.shutdown();
  http.close();
  const file = path.join(home, `${personId}.sqlite`);
  report({ ...cost, ...counts, sizeBytes: statSync(file).size });
  if (after === 'keep') keep(file, folder);
  rmSync(home, { recursive: true });
}

function keep(file: string, folder: string): void {
  mkdirSync(path.dirname(places.database(folder)), { recursive: true });
  renameSync(file, places.database(folder));
}

function sum(counts: Readonly<Record<string, number>> = {}): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function complain(message: string): void {
  process.stderr.write(`${message}\n`);
}

const [, , folder = '', base = '', limits = 'default', after = ''] = process.argv;
void main(folder, base, limits, after);
