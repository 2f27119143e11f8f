import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../test/support/real-node-red';

interface Noted {
  /** epoch ms, at the end of a quarter of a second */
  readonly at: number;
  readonly maxMs: number;
}

/** How late the event loop of a Node-RED is, noted from inside of it. */
export class LoopDelays {
  /** What Node-RED is to be started with. */
  readonly env: NodeJS.ProcessEnv;
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), 'bench-loop-'));
  readonly #file = path.join(this.#folder, 'delays.jsonl');

  constructor() {
    this.env = { NODE_OPTIONS: `--require=${path.join(ROOT, 'bench/home/loop-watch.cjs')}`, BENCH_LOOP_FILE: this.#file };
  }

  /** The longest since then, in milliseconds. @param since epoch ms */
  longest(since: number): number {
    const lines = existsSync(this.#file) ? readFileSync(this.#file, 'utf8').trim().split('\n') : [];
    const noted = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Noted); // written by loop-watch.cjs
    return Math.max(...noted.filter(({ at }) => at >= since).map(({ maxMs }) => maxMs));
  }

  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
