import type { Random } from '../../lib/ports/random';

/** Chance that is known beforehand: the given numbers in turn, over and over. */
export class FakeRandom implements Random {
  readonly #numbers: readonly number[];
  #at = 0;

  /** @param numbers each in [0, 1), as the port promises */
  constructor(numbers: readonly number[] = [0.5]) {
    if (numbers.length === 0 || numbers.some((one) => !(one >= 0 && one < 1))) throw new RangeError('random numbers lie in [0, 1)');
    this.#numbers = numbers;
  }

  next(): number {
    const number = this.#numbers[this.#at % this.#numbers.length] ?? 0;
    this.#at += 1;
    return number;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => Math.floor(256 * this.next()));
  }
}
