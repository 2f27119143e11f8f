import { untilAborted } from '../async/until-aborted';
import type { OuraError } from '../errors/oura-error';

/** A time in which an account asks nothing, and why. */
export class Rest {
  readonly reason: OuraError;
  readonly #over = new AbortController();

  constructor(reason: OuraError) {
    this.reason = reason;
  }

  end(): void {
    this.#over.abort();
  }

  /** Resolves when it ends, or when the signal is aborted. */
  async over(signal: AbortSignal): Promise<void> {
    await untilAborted(AbortSignal.any([signal, this.#over.signal]));
  }
}
