// `npm test`: lint, types, unit, node and package tests. Ends with the line "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bin = (file) => path.join(root, 'node_modules', file);
const STEPS = [
  ['lint', [bin('eslint/bin/eslint.js'), '.', '--max-warnings=0']],
  ['types', [bin('typescript/bin/tsc'), '-p', '.']],
  ['types of the editor', [bin('typescript/bin/tsc'), '-p', 'editor']],
  ['generated documents', ['--require', 'tsx/cjs', path.join(root, 'scripts/generate-docs.ts'), '--check']],
];

for (const [name, args] of STEPS) {
  const started = Date.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    process.stdout.write(`\n${name}: failed\n0 passed, 1 failed\n`);
    process.exit(1);
  }
  process.stdout.write(`${name}: ok (${String(Math.round((Date.now() - started) / 1000))} s)\n`);
}

const summary = path.join(root, 'node_modules/.check-summary');
rmSync(summary, { force: true });
const mocha = [bin('c8/bin/c8.js'), process.execPath, bin('mocha/bin/mocha.js'), ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, mocha, { cwd: root, stdio: 'inherit', env: { ...process.env, CHECK_SUMMARY: summary } });
process.stdout.write(existsSync(summary) ? readFileSync(summary, 'utf8') : '0 passed, 1 failed\n');
process.exit(status ?? 1);
