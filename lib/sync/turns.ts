import { Turn } from './turn';

/** The runs of something that can be made to start anew, with work in between that needs it to have ended. */
export class Turns {
  #turn = new Turn();
  #between: Promise<unknown> = Promise.resolve();

  /** Runs turn after turn until the signal is aborted; resolves when all has ended, and all that was to be done in between. */
  async run(once: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    const isWanted = (): boolean => !signal.aborted;
    while (isWanted()) {
      const turn = this.#turn;
      await once(AbortSignal.any([signal, turn.stop.signal])).finally(turn.end);
      await this.#quiet();
      if (isWanted()) this.#turn = new Turn();
    }
    this.#turn.end();
    await this.#quiet();
  }

  /**
   * Ends the turn, does the work, and lets the next turn begin. Works follow one another. When all has ended the work is done at once.
   * @throws what the work throws; the next turn begins all the same
   */
  async startAnewAfter(work: () => Promise<void>): Promise<void> {
    const { stop, ended } = this.#turn;
    const done = Promise.all([this.#between, ended]).then(work);
    this.#between = done.catch(() => undefined); // heard by whoever asked
    stop.abort(new DOMException('It starts anew.', 'AbortError'));
    await done;
  }

  /** Resolves when no work is left; more may come meanwhile. */
  async #quiet(): Promise<void> {
    let last: Promise<unknown>;
    do {
      last = this.#between;
      await last;
    } while (last !== this.#between);
  }
}
