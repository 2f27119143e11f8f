/** Remembers results of a pure function of a whole number. Bounded: when full it starts afresh, and results stay the same. */
export class Memo<T> {
  readonly #limit: number;
  readonly #known = new Map<number, T>();

  /** @param limit most results kept */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: number, make: (key: number) => T): T {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    if (this.#known.size >= this.#limit) this.#known.clear();
    this.#known.set(key, made);
    return made;
  }
}
