import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { cleanEnvironment, type Command } from '../../../scripts/home-assistant/run';

/** A program that a test started, with what it says, line by line. It ends with the test, even when that is killed. */
export class OwnProgram {
  readonly lines: string[];
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  private constructor(child: ChildProcess, lines: string[]) {
    this.#child = child;
    this.lines = lines;
    for (const stream of [child.stdout, child.stderr])
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.lines.push(line));
    this.#ended = new Promise((resolve) => {
      child.once('close', () => {
        resolve();
      });
    });
  }

  /** @param lines where to put what it says @throws Error when there is no such program */
  static async start({ program, args }: Command, environment: NodeJS.ProcessEnv = {}, lines: string[] = []): Promise<OwnProgram> {
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
      env: cleanEnvironment(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    return new OwnProgram(child, lines);
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends it politely, or as `kill -9` does; whoever does not listen is killed after a while. Resolves when it has ended. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM', patienceMs = 30_000): Promise<void> {
    if (this.running) this.#child.kill(signal);
    const impatience = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs);
    await this.#ended;
    clearTimeout(impatience);
  }
}
