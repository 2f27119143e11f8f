/** One run of an account, from connecting to having closed all. */
export class Turn {
  readonly stop = new AbortController();
  /** Resolves when all has ended. */
  readonly ended: Promise<void>;
  end: () => void = () => undefined;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }
}
