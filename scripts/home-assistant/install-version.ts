import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CERTIFICATES, inChroot, makeChroot, whyNoChroot } from './chroot';
import { findNewestPython, findPython } from './find-python';
import { findInstalled, folderOf, recordOf, type Installed } from './installed';
import { INTEGRATIONS } from './integrations';
import { run, type Command } from './run';
import { NEWEST, pythonNeed, type Wanted } from './versions';

/** Where an environment is made, and by which Python. */
interface Place {
  readonly basePython: string;
  /** The environment's folder, as seen from inside `root`. */
  readonly environment: string;
  readonly root: string | null;
}

const SETTINGS = {
  // Requirements without a wheel, for audio, are compiled; what they do with sound is not tested, and this takes half the time.
  CFLAGS: '-O0',
  CXXFLAGS: '-O0',
  // uv trusts its own list otherwise, which lacks the authority of a company's proxy.
  ...(existsSync(CERTIFICATES) && { SSL_CERT_FILE: CERTIFICATES }),
};

/** Tells what is being done. */
type Say = (line: string) => void;

/**
 * Installs a Home Assistant with all that it needs to run without a download. What an interrupted run left behind is used; an installed
 * one is left as it is, so "latest" stays what it was until its folder is deleted.
 * @throws Error when no Python fits, or an installation fails; RangeError when there is no such version
 */
export async function installVersion(wanted: Wanted, say: Say): Promise<Installed> {
  const before = findInstalled(wanted);
  if (before !== null) return before;
  const log = `${folderOf(wanted)}.log`;
  mkdirSync(folderOf(wanted), { recursive: true });
  const place = await timed(say, 'python', () => findPlace(wanted, log, say));
  const python = path.join(place.environment, 'bin/python');
  const within = (program: string, ...args: readonly string[]): Promise<string> => {
    const command: Command = { program, args };
    return run(place.root === null ? command : inChroot(place.root, command), log, SETTINGS);
  };
  const uv = (...args: readonly string[]): Promise<string> => within(path.join(place.environment, 'bin/uv'), 'pip', ...args);
  if (!existsSync(path.join(place.root ?? '', place.environment, 'bin/uv')))
    await timed(say, 'environment', async () => {
      await within(place.basePython, '-m', 'venv', '--clear', place.environment);
      await within(python, '-m', 'pip', 'install', '-q', 'uv');
    });
  const requirement = wanted === NEWEST ? 'homeassistant' : `homeassistant==${wanted}`;
  await timed(say, 'homeassistant', () => uv('install', '--python', python, requirement));
  await timed(say, 'requirements', async () => {
    const script = path.join(place.environment, 'requirements.py');
    cpSync(path.join(__dirname, 'requirements.py'), path.join(place.root ?? '', script));
    const requirements = (await within(python, script, ...INTEGRATIONS)).trim().split('\n');
    const base = await within(python, '-c', 'import importlib.util; print(importlib.util.find_spec("homeassistant").origin)');
    const constraints = path.join(path.dirname(base.trim()), 'package_constraints.txt');
    await uv('install', '--python', python, '-c', constraints, ...requirements);
  });
  const version = (await within(python, '-c', 'import homeassistant.const as const; print(const.__version__)')).trim();
  const installed: Installed = { wanted, version, python, root: place.root };
  writeFileSync(recordOf(wanted), `${JSON.stringify(installed)}\n`);
  return installed;
}

/** The machine's own Python where one fits, else a Debian that has it; for the newest, at worst whatever Python there is. */
async function findPlace(wanted: Wanted, log: string, say: Say): Promise<Place> {
  const need = pythonNeed(wanted);
  const environment = path.join(folderOf(wanted), 'venv');
  const own = await findPython(need, log);
  if (own !== null) return { basePython: own, environment, root: null };
  const why = need.suite === null ? `no Debian has Python ${need.minor}` : whyNoChroot();
  if (why === null && need.suite !== null) {
    const root = path.join(folderOf(wanted), 'root');
    await makeChroot(need.suite, root, log);
    return { basePython: '/usr/bin/python3', environment: '/venv', root };
  }
  const wish = `Python ${need.minor}.${need.patch}`;
  const newest = wanted === NEWEST ? await findNewestPython(log) : null;
  if (newest === null) throw new Error(`Home Assistant ${wanted} needs ${wish}: not found, and no chroot (${why ?? 'unknown reason'})`);
  say(`NOT the newest Home Assistant: it needs ${wish} or a chroot (${why ?? ''}). Taking the newest one that ${newest} runs.`);
  return { basePython: newest, environment, root: null };
}

async function timed<T>(say: Say, step: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  say(`${step}: ${Math.round((performance.now() - started) / 1000)} s`);
  return result;
}
