// Runs on the Node.js a machine happens to have (20 is enough): installs what the lock file names, among it the Node.js that the project
// develops with, builds, and goes on in that Node.js with the script named in the arguments.
import { createHash } from 'node:crypto';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const runtime = path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
const stamp = path.join(root, 'node_modules/.bootstrap');
const wanted = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .update(process.platform)
  .update(process.arch)
  .digest('hex');

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

function npm(...args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) run(process.execPath, [cli, ...args]);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  process.stderr.write('Installing dependencies (one to two minutes on a fresh clone) ...\n');
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
  if (!existsSync(runtime)) npm('rebuild', 'node', '--ignore-scripts=false', '--loglevel=error');
  writeFileSync(stamp, wanted);
}
run(runtime, [path.join(root, 'scripts/build.mjs')]);

const [script, ...args] = process.argv.slice(2);
if (script !== undefined) {
  // By full path: a shell remembers where it found an older node. Node.js of the project first for whatever the script starts.
  const env = { ...process.env, PATH: `${path.dirname(runtime)}${path.delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(runtime, [path.resolve(root, script), ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
}
