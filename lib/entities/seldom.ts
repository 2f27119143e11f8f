/** A value that is shown seldom: a new one no sooner than a while after the last. */
export class Seldom<T> {
  readonly #everyMs: number;
  #shown: { readonly value: T; readonly at: number } | null = null;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /**
   * What to show now: the value, or the last one while that is young.
   * @param isOver the last one has no meaning any more, however young
   */
  show(value: T, now: number, isOver: (shown: T) => boolean = () => false): T {
    const { value: shown, at } = this.#shown ?? { value, at: -Infinity };
    if (now - at < this.#everyMs && now >= at && !isOver(shown)) return shown;
    this.#shown = { value, at: shown === value && Number.isFinite(at) && now >= at ? at : now };
    return value;
  }
}
