import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findProgram } from '../../scripts/home-assistant/debian';
import { NEWEST } from '../../scripts/home-assistant/versions';
import { Home } from '../../test/e2e/support/home';
import { lastQuietHour } from '../../test/e2e/support/last-quiet-hour';
import { recordedDay, type RecordedDay } from '../../test/entities/recorded-day';
import { packedPackage } from '../../test/support/packed-package';
import { ROOT } from '../../test/support/real-node-red';
import { figuresTable } from '../benchmarks-doc';
import { measureChanges } from './changes';
import { homeDoc } from './home-doc';
import { homeFiguresOf } from './home-figures';
import type { HomeResults } from './home-results';
import { LoopDelays } from './loop-delays';
import { measureRows } from './recorder-rows';
import { measurePersons, SEEDS } from './twenty-persons';

/** The whole benchmark with Home Assistant: prints one table, writes `bench/home-results.json` and `docs/benchmarks-home.md`. */
async function main(): Promise<void> {
  const delays = new LoopDelays();
  const packed = packedPackage();
  try {
    const day = await recordedDay();
    say('Starting Home Assistant, mosquitto, Node-RED and the simulator ...');
    const home = await Home.start(NEWEST, packed, {
      simulator: { seeds: SEEDS, now: lastQuietHour() },
      mosquitto: { isCareful: false },
      nodeRed: { env: delays.env, settings: { credentialSecret: false } },
    });
    const results = await measure(home, delays, day).finally(() => home.clear());
    writeFileSync(path.join(ROOT, 'bench/home-results.json'), `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(path.join(ROOT, 'docs/benchmarks-home.md'), homeDoc(results));
    process.stdout.write(`${figuresTable(results)}\n`);
  } finally {
    packed.clear();
    delays.clear();
  }
}

async function measure(home: Home, delays: LoopDelays, day: RecordedDay): Promise<HomeResults> {
  const load: number[] = [];
  const begin = (what: string): void => {
    say(`${what} ...`);
    load.push(Number((os.loadavg()[0] ?? NaN).toFixed(2)));
  };
  begin('100 metrics at once');
  const changes = await measureChanges(home);
  begin('A day of one person');
  const rows = await measureRows(home, day);
  begin('Twenty persons');
  const persons = await measurePersons(home, delays);
  begin('Ending');
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: { processors: os.availableParallelism(), memoryGiB: Math.round(os.totalmem() / 2 ** 30), load },
    versions: {
      node: process.version,
      nodeRed: versionOf('node-red'),
      homeAssistant: home.homeAssistant.version,
      mosquitto: mosquittoVersion(),
    },
    figures: homeFiguresOf(changes, rows, persons),
    amended: persons.amended.byTopic,
    again: persons.second.byKey,
    rows: rows.byKey,
  };
}

function versionOf(dependency: string): string {
  const text = readFileSync(path.join(ROOT, 'node_modules', dependency, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version; // as npm demands
}

function mosquittoVersion(): string {
  const { stdout, stderr } = spawnSync(findProgram('mosquitto') ?? 'mosquitto', ['-h'], { encoding: 'utf8' });
  return /mosquitto version (\S+)/.exec(stdout + stderr)?.[1] ?? 'unknown';
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

void main();
