import path from 'node:path';
import { ROOT } from '../../support/real-node-red';
import { OwnProgram } from './own-program';
import { until } from './until';

/** What it prints when it is up. */
interface Started {
  readonly url: string;
  readonly controlUrl: string;
  readonly tokens: readonly string[];
  readonly persons: readonly string[];
}

/** How it is started: one person for each seed. */
export interface SimulatorOptions {
  readonly seeds: readonly string[];
  readonly zone?: string;
  /** ISO day. */
  readonly firstDay?: string;
  /** ISO instant that its clock starts at; the real one if left out. */
  readonly now?: string;
}

/** The stand-in of Oura's cloud, running as a program of its own. */
export class SimulatorProgram {
  readonly #program: OwnProgram;
  readonly #started: Started;

  private constructor(program: OwnProgram, started: Started) {
    this.#program = program;
    this.#started = started;
  }

  static async start({ seeds, zone, firstDay, now }: SimulatorOptions): Promise<SimulatorProgram> {
    const options = { zone, 'first-day': firstDay, now };
    const args = [
      ...seeds.flatMap((seed) => ['--seed', seed]),
      ...Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ];
    const program = await OwnProgram.start({ program: process.execPath, args: [path.join(ROOT, 'dist/simulator.js'), ...args] });
    const first = await until('the simulator', () => program.lines[0]);
    return new SimulatorProgram(program, JSON.parse(first) as Started); // its first line, as documented
  }

  /** Base address of the API. */
  get url(): string {
    return this.#started.url;
  }

  /** Access tokens, in the order of the seeds. */
  get tokens(): readonly string[] {
    return this.#started.tokens;
  }

  /** Ids of the persons, in the order of the seeds. */
  get personIds(): readonly string[] {
    return this.#started.persons;
  }

  /** Tells it what to do, such as `put`, `fail` or `advance`. @throws Error when it refuses */
  async control(name: string, body: object = {}): Promise<unknown> {
    const answer = await fetch(`${this.#started.controlUrl}/${name}`, { method: 'POST', body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text}`);
    return (JSON.parse(text) as { result: unknown }).result;
  }

  async clear(): Promise<void> {
    await this.#program.end();
  }
}
