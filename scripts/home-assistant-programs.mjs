// For programs that need real versions of Home Assistant beside them.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Runs a program that ends with this one. @returns its exit code */
export function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Installs the versions named, or those that are tested. Whoever else installs into the same folder is waited for. @returns the exit code */
export function installHomeAssistant(...versions) {
  const work = path.resolve(process.env.HA_WORK || path.join(root, '.ha'));
  mkdirSync(work, { recursive: true });
  const install = ['--require', 'tsx/cjs', path.join(root, 'scripts/home-assistant/install.ts'), ...versions];
  return run('flock', [path.join(work, 'lock'), process.execPath, ...install]);
}
