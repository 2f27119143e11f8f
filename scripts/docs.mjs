// Writes the generated documents (`npm run docs`).
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'generate-docs.ts');
process.exit(spawnSync(process.execPath, ['--require', 'tsx/cjs', script], { stdio: 'inherit' }).status ?? 1);
