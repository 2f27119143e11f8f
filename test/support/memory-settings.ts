import type { Settings } from '../../lib/ports/settings';

/** Settings of a person that end with the test; values are copied, as a file would. */
export class MemorySettings implements Settings {
  readonly #values = new Map<string, string>();

  load(key: string): unknown {
    const text = this.#values.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  save(key: string, value: unknown): void {
    this.#values.set(key, JSON.stringify(value));
  }
}
