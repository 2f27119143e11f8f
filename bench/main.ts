import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { benchmarksDoc, figuresTable } from './benchmarks-doc';
import { figuresOf, type Measurements } from './figures';
import type { Results } from './results';
import { places } from './scene';

const ROUNDS = 3;
const MINUTES_MAX = 5;

/** The whole benchmark: prints one table, writes `bench/results.json` and `docs/benchmarks.md`. Argument: the repository. */
async function main(root: string): Promise<void> {
  const folder = path.join(root, 'bench/.data');
  removeHomes(folder);
  run(root, 'generate', folder, stampOf(root));
  const { server, url } = await serve(root, folder);
  const measurements = await measure(root, folder, url).finally(() => server.stdin?.end());
  const figures = figuresOf(measurements);
  const results: Results = { date: new Date().toISOString().slice(0, 10), node: process.version, figures };
  writeFileSync(path.join(root, 'bench/results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(path.join(root, 'docs/benchmarks.md'), benchmarksDoc(results));
  process.stdout.write(`${figuresTable(results)}\n`);
}

async function measure(root: string, folder: string, url: string): Promise<Measurements> {
  const kept = run(root, 'first-load', folder, url, 'default', 'keep'); // a run that counts too, and whose requests the others repeat
  writeFileSync(places.requests(folder), await (await fetch(`${url}/requests`)).text());
  const first = [kept];
  const plain = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push(run(root, 'plain-download', folder, url));
    if (first.length < ROUNDS) first.push(run(root, 'first-load', folder, url, 'default'));
  }
  const isBound = (kept['overBurst'] ?? 0) > 0;
  const lifted = isBound ? Array.from({ length: ROUNDS }, () => run(root, 'first-load', folder, url, 'lifted')) : first;
  const answers = run(root, 'answers', places.database(folder));
  const statistics = run(root, 'statistics', places.database(folder));
  const demo = Array.from({ length: ROUNDS }, () => run(root, 'demo-load', folder));
  removeHomes(folder);
  return { first, lifted, plain, answers, demo, statistics };
}

/** Runs one of the programs in a process of its own. @returns the figures it reports */
function run(root: string, program: string, ...args: readonly string[]): Readonly<Record<string, number>> {
  const { status, stdout } = spawnSync(process.execPath, [builtOf(root, program), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: MINUTES_MAX * 60_000,
  });
  if (status !== 0) throw new Error(`bench/${program}.ts ended with ${String(status)}`);
  return stdout === '' ? {} : (JSON.parse(stdout) as Record<string, number>); // written by `report`
}

/** Starts the server; it ends with its standard input. */
async function serve(root: string, folder: string): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const server = spawn(process.execPath, [builtOf(root, 'serve'), folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout.once('data', (chunk: Buffer) => {
      resolve(chunk.toString('utf8').trim());
    });
    server.once('exit', () => {
      reject(new Error('bench/serve.ts has ended'));
    });
  });
  return { server, url };
}

function builtOf(root: string, program: string): string {
  return path.join(root, 'bench/.data/built', `${program}.cjs`);
}

/** What the generated data depends on: the program that makes it, the simulated person included. */
function stampOf(root: string): string {
  return createHash('sha256')
    .update(readFileSync(builtOf(root, 'generate')))
    .digest('hex');
}

function removeHomes(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith('home-') || name === 'kept') rmSync(path.join(folder, name), { recursive: true });
}

void main(process.argv[2] ?? '');
