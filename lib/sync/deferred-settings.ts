import type { Settings } from '../ports/settings';

/** Settings of a person who is not known yet: kept in memory until `attach` names the real ones. */
export class DeferredSettings implements Settings {
  readonly #pending = new Map<string, unknown>();
  #real: Settings | null;

  constructor(real: Settings | null) {
    this.#real = real;
  }

  /** From now on the real ones; what was saved meanwhile goes there. */
  attach(real: Settings): void {
    if (this.#real !== null) return;
    this.#real = real;
    for (const [key, value] of this.#pending) real.save(key, value);
    this.#pending.clear();
  }

  load(key: string): unknown {
    return this.#real === null ? this.#pending.get(key) : this.#real.load(key);
  }

  save(key: string, value: unknown): void {
    if (this.#real === null) this.#pending.set(key, value);
    else this.#real.save(key, value);
  }
}
