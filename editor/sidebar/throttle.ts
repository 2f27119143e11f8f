/** Runs something at once when it is asked for, and again as often as it is asked for, but never sooner than after a pause. */
export class Throttle {
  readonly #work: () => void;
  readonly #pauseMs: number;
  #isResting = false;
  #isWanted = false;

  constructor(work: () => void, pauseMs: number) {
    this.#work = work;
    this.#pauseMs = pauseMs;
  }

  ask(): void {
    if (this.#isResting) {
      this.#isWanted = true;
      return;
    }
    this.#isResting = true;
    setTimeout(() => {
      this.#isResting = false;
      if (!this.#isWanted) return;
      this.#isWanted = false;
      this.ask();
    }, this.#pauseMs);
    this.#work();
  }
}
