/** Remembers what was accepted, for a time and up to a number: beyond it the oldest goes. */
export class ReplayMemory {
  readonly #keepMs: number;
  readonly #max: number;
  /** When each was accepted, in that order. */
  readonly #accepted = new Map<string, number>();

  constructor({ keepMs, max }: { readonly keepMs: number; readonly max: number }) {
    this.#keepMs = keepMs;
    this.#max = max;
  }

  has(key: string, now: number): boolean {
    const at = this.#accepted.get(key);
    return at !== undefined && now - at <= this.#keepMs;
  }

  add(key: string, now: number): void {
    this.#accepted.delete(key);
    this.#accepted.set(key, now);
    for (const [oldest, at] of this.#accepted) {
      if (this.#accepted.size <= this.#max && now - at <= this.#keepMs) break;
      this.#accepted.delete(oldest);
    }
  }

  get size(): number {
    return this.#accepted.size;
  }
}
