// `npm run bench:home`: installs the newest Home Assistant and measures the package beside it.
import path from 'node:path';
import process from 'node:process';
import { installHomeAssistant, root, run } from '../../scripts/home-assistant-programs.mjs';

let code = await installHomeAssistant('latest');
if (code === 0) code = await run(process.execPath, ['--require', 'tsx/cjs', path.join(root, 'bench/home/main.ts')]);
process.exit(code);
