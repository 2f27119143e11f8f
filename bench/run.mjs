// `npm run bench`: builds the programs of the benchmark as plain JavaScript, so that real code is measured, and runs the first of them.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const built = path.join(root, 'bench/.data/built');
const programs = ['main', 'generate', 'serve', 'plain-download', 'first-load', 'answers', 'demo-load', 'statistics'];

await build({
  entryPoints: programs.map((name) => path.join(root, 'bench', `${name}.ts`)),
  outdir: built,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  sourcemap: true,
  logLevel: 'warning',
  absWorkingDir: root,
  external: ['axios'],
});
process.exitCode =
  spawnSync(process.execPath, [path.join(built, 'main.cjs'), root, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
