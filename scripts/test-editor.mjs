// `npm run test:editor`: the editor part in a browser, against both versions of Node-RED. Apart from `npm test`, because it needs Chromium.
import { spawnSync } from 'node:child_process';
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
const mocha = [
  path.join(root, 'node_modules/mocha/bin/mocha.js'),
  '--no-config',
  '--require=tsx/cjs',
  `--reporter=${path.join(root, 'scripts/mocha-reporter.cjs')}`,
  '--timeout=60000',
  ...process.argv.slice(2),
  'test/editor/**/*.browser.ts',
];
const { status } = spawnSync(process.execPath, mocha, { cwd: root, stdio: 'inherit', env: { ...process.env, CHROMIUM_PATH: chromium } });
process.exit(status ?? 1);
