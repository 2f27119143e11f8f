import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findProgram, installPackages, isOffered } from './debian';
import { cleanEnvironment } from './run';
import { MINORS, type PythonNeed } from './versions';

/** Fails where an environment could not be made: Debian splits `ensurepip` off. */
const PROBE = 'import ensurepip, sys, venv; print(sys.version_info[0], sys.version_info[1], sys.version_info[2])';

/**
 * A Python of the machine that fits: the system's own, one on the PATH, or one of pyenv's. Where there is none, or only one that
 * makes no environments, the one that the system offers is installed.
 * @returns its path, or null
 */
export async function findPython({ minor, patch }: Pick<PythonNeed, 'minor' | 'patch'>, log: string): Promise<string | null> {
  const found = candidates(minor).find((python) => fits(python, minor, patch));
  if (found !== undefined) return found;
  const whole = `python${minor}-venv`;
  if (!(await isOffered(whole, log))) return null;
  await installPackages([whole], log);
  const own = `/usr/bin/python${minor}`;
  return fits(own, minor, patch) ? own : null;
}

/** The newest Python of the machine that some Home Assistant runs on. */
export async function findNewestPython(log: string): Promise<string | null> {
  for (const minor of MINORS) {
    const found = await findPython({ minor: minor as PythonNeed['minor'], patch: 0 }, log); // MINORS is made of them
    if (found !== null) return found;
  }
  return null;
}

function candidates(minor: string): readonly string[] {
  const pyenv = path.join(process.env['PYENV_ROOT'] ?? path.join(os.homedir(), '.pyenv'), 'versions');
  const versions = existsSync(pyenv) ? readdirSync(pyenv).filter((name) => name.startsWith(`${minor}.`)) : [];
  const onPath = findProgram(`python${minor}`);
  return [
    `/usr/bin/python${minor}`,
    ...(onPath === null ? [] : [onPath]),
    ...versions.map((name) => path.join(pyenv, name, 'bin/python')),
  ].filter((file) => existsSync(file));
}

function fits(python: string, minor: string, patch: number): boolean {
  const { status, stdout } = spawnSync(python, ['-c', PROBE], { encoding: 'utf8', env: cleanEnvironment() });
  if (status !== 0) return false;
  const [major, second, third] = stdout.trim().split(' ');
  return `${major ?? ''}.${second ?? ''}` === minor && Number(third) >= patch;
}
