/** A list of listeners; one that throws does not keep the others from hearing. */
export class Subscribers<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly #onError: (error: unknown) => void;

  /** @param onError hears what a listener threw */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** @returns ends the subscription; calling it twice is harmless */
  add(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
