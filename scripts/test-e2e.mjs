// `npm run test:e2e`: the package beside real versions of Home Assistant, which are installed first. Apart from `npm test`, because it takes
// minutes and, for the newest version, root on a Debian.
import path from 'node:path';
import process from 'node:process';
import { installHomeAssistant, root, run } from './home-assistant-programs.mjs';

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

let code = await installHomeAssistant();
if (code === 0) code = await run(process.execPath, mocha);
else process.stdout.write('0 passed, 1 failed\n');
process.exit(code);
