// `npm run bench:freshness`: builds the benchmark as plain JavaScript and runs it where the simulated persons live.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const built = path.join(root, 'bench/.data/built/freshness.cjs');

await build({
  entryPoints: [path.join(root, 'bench/freshness/main.ts')],
  outfile: built,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  sourcemap: true,
  logLevel: 'warning',
  absWorkingDir: root,
});
const env = { ...process.env, TZ: 'Europe/Helsinki' };
process.exitCode =
  spawnSync(process.execPath, ['--enable-source-maps', built, root, ...process.argv.slice(2)], { stdio: 'inherit', env }).status ?? 1;
