// `npm run test:editor`: the editor part in a browser, against both versions of Node-RED. Apart from `npm test`, because it needs Chromium.
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
let chromium;
try {
  chromium = findChromium();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
const args = [
  path.join(root, 'node_modules/mocha/bin/mocha.js'),
  '--no-config',
  '--require=tsx/cjs',
  `--reporter=${path.join(root, 'scripts/mocha-reporter.cjs')}`,
  '--timeout=300000', // for what is stuck; a page waits for a minute at most, see test/editor/support/editor.ts
  '--fail-zero',
  '--parallel',
  '--jobs=2', // one for each version of Node-RED: most of the time goes into waiting for the editor's animations
  ...process.argv.slice(2),
  'test/editor/**/*.browser.ts',
];
const mocha = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, CHROMIUM_PATH: chromium } });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => mocha.kill(signal));
mocha.on('exit', (code) => process.exit(code ?? 1));
