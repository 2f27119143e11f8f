import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ReceiverOrder, ReceiverSays } from './receiver-main';

/** The program of receiver-main.ts, from outside. */
export class Receiver {
  readonly origin: string;
  readonly log: readonly string[];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, origin: string, log: readonly string[]) {
    this.#child = child;
    this.origin = origin;
    this.log = log;
  }

  /** Resolves when its subscriptions are there. */
  static async start(program: string, order: ReceiverOrder): Promise<Receiver> {
    const child = fork(program, [JSON.stringify(order)], { execArgv: ['--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const log: string[] = [];
    const origin = await new Promise<string>((resolve, reject) => {
      child.on('message', (said: ReceiverSays) => {
        if ('ready' in said) resolve(said.ready);
        if ('log' in said) log.push(said.log);
      });
      child.once('exit', () => {
        reject(new Error(`The receiver has ended.\n${log.join('\n')}`));
      });
    });
    return new Receiver(child, origin, log);
  }

  /** Bytes of memory in use after a collection. */
  async heap(): Promise<number> {
    const answer = new Promise<number>((resolve) => {
      const hear = (said: ReceiverSays): void => {
        if (!('heap' in said)) return;
        this.#child.off('message', hear);
        resolve(said.heap);
      };
      this.#child.on('message', hear);
    });
    this.#child.send('heap');
    return await answer;
  }

  /** Ends it as `kill -9` does. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
