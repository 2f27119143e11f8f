import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from './run';

/** What apt does one after the other; its lists are fetched first, once. */
let queue: Promise<unknown> | null = null;

/** Whether this is Debian or one of its children, and packages may be installed: as root, or by a sudo that asks nothing. */
export function mayInstallPackages(): boolean {
  return existsSync('/usr/bin/apt-get') && (isRoot() || spawnSync('sudo', ['-n', 'true']).status === 0);
}

/** Whether this process may do everything. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** @returns the full path of a program, or null; the folders for administrators are searched too */
export function findProgram(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/sbin'].filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** Whether a package can be had from where the machine gets its packages. */
export async function isOffered(name: string, log: string): Promise<boolean> {
  if (!mayInstallPackages()) return false;
  queue ??= apt(['update'], log);
  await queue;
  return spawnSync('apt-cache', ['show', name]).status === 0;
}

/**
 * Installs packages of the system; several callers wait for each other.
 * @throws Error when apt fails, or may not be used
 */
export async function installPackages(names: readonly string[], log: string): Promise<void> {
  if (!mayInstallPackages()) throw new Error(`Please install: ${names.join(' ')} (needs root)`);
  queue = (queue ?? apt(['update'], log)).then(() => apt(['install', '-y', '--no-install-recommends', ...names], log));
  await queue;
}

function apt(args: readonly string[], log: string): Promise<string> {
  const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=300', ...args];
  const [program = '', ...rest] = isRoot() ? command : ['sudo', '-n', ...command];
  return run({ program, args: rest }, log);
}
