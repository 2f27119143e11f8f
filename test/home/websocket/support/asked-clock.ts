import { FakeClock } from '../../../support/fake-clock';

/** A fake clock that tells when a wait of a certain length is under way. */
export class AskedClock extends FakeClock {
  readonly #lengths: number[] = [];
  #onAsked: (() => void)[] = [];

  override async delay(ms: number, signal: AbortSignal): Promise<void> {
    const over = super.delay(ms, signal);
    this.#lengths.push(ms);
    for (const tell of this.#onAsked.splice(0)) tell();
    try {
      await over;
    } finally {
      this.#lengths.splice(this.#lengths.indexOf(ms), 1);
    }
  }

  /** Resolves when a wait of `ms` milliseconds is under way. */
  async asked(ms: number): Promise<void> {
    while (!this.#lengths.includes(ms)) await new Promise<void>((resolve) => this.#onAsked.push(resolve));
  }
}
