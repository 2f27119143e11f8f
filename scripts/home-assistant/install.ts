// Installs the versions of Home Assistant named in the arguments, or those that are tested, side by side, and the broker they talk to.
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { findProgram, installPackages } from './debian';
import { installVersion } from './install-version';
import { NEWEST, OLDEST, type Wanted } from './versions';
import { workFolder } from './work-folder';

/** Memory that one installation may take: the compilers of the newest. */
const MEMORY_EACH = 1.5 * 2 ** 30;

async function installOne(wanted: Wanted): Promise<void> {
  const say = (line: string): void => {
    process.stdout.write(`Home Assistant ${wanted}: ${line}\n`);
  };
  const started = performance.now();
  const { version, root } = await installVersion(wanted, say);
  say(`${version} is installed${root === null ? '' : ' in a Debian of its own'} (${Math.round((performance.now() - started) / 1000)} s)`);
}

async function main(named: readonly Wanted[]): Promise<void> {
  const versions = named.length > 0 ? named : [OLDEST, NEWEST];
  mkdirSync(workFolder(), { recursive: true });
  if (findProgram('mosquitto') === null) {
    process.stdout.write('Installing mosquitto ...\n');
    await installPackages(['mosquitto'], path.join(workFolder(), 'packages.log'));
  }
  const atOnce = os.freemem() < MEMORY_EACH * versions.length ? 1 : versions.length;
  const ended: PromiseSettledResult<void>[] = []; // each to its end: what one has done is of use to the next run
  for (let at = 0; at < versions.length; at += atOnce)
    ended.push(...(await Promise.allSettled(versions.slice(at, at + atOnce).map(installOne))));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

main(process.argv.slice(2)).catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : 'unknown failure'}\n`);
  process.exit(1);
});
