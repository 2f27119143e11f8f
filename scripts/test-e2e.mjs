// `npm run test:e2e`: the package beside real versions of Home Assistant, which are installed first. Apart from `npm test`, because it takes
// minutes and, for the newest version, root on a Debian.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const work = path.resolve(process.env.HA_WORK || path.join(root, '.ha'));
const install = ['--require', 'tsx/cjs', path.join(root, 'scripts/home-assistant/install.ts')];
const mocha = [
  path.join(root, 'node_modules/mocha/bin/mocha.js'),
  '--no-config',
  '--require=tsx/cjs',
  `--reporter=${path.join(root, 'scripts/mocha-reporter.cjs')}`,
  '--timeout=60000',
  '--fail-zero',
  '--parallel',
  '--jobs=2', // one for each version of Home Assistant: most of the time goes into waiting for it
  ...process.argv.slice(2),
  'test/e2e/**/*.e2e.ts',
];

function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

mkdirSync(work, { recursive: true });
// Whoever else installs into the same folder is waited for.
let code = await run('flock', [path.join(work, 'lock'), process.execPath, ...install]);
if (code === 0) code = await run(process.execPath, mocha);
else process.stdout.write('0 passed, 1 failed\n');
process.exit(code);
