import { mulberry32 } from './mulberry32';
import type { Topic } from './topics';
import { xmur3 } from './xmur3';

/** Finalising mix of MurmurHash3 (Austin Appleby, public domain). */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/**
 * Chance without a state: what comes out depends on (seed, topic, day, n) alone, so any day can be asked alone and is the same each time.
 * `day` is a whole number (day since 1970, or a block of days), `n` tells several draws of one topic and day apart.
 */
export class Chance {
  readonly #seed: number;

  constructor(seed: string) {
    this.#seed = xmur3(seed);
  }

  /** 32 random bits as a number in [0, 2^32). */
  bits(topic: Topic, day: number, n = 0): number {
    let h = mix(this.#seed + Math.imul(topic, 0x9e3779b1));
    h = mix(h ^ Math.imul(day + 0x632be5ab, 0x85157af5));
    return mix(h + Math.imul(n + 1, 0x27d4eb2f)) >>> 0;
  }

  /** Uniform in [0, 1). */
  unit(topic: Topic, day: number, n = 0): number {
    return this.bits(topic, day, n) / 4294967296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number, topic: Topic, day: number, n = 0): number {
    return low + (high - low) * this.unit(topic, day, n);
  }

  /** Standard normal, cut at +/- 3 (Box & Muller 1958). */
  normal(topic: Topic, day: number, n = 0): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit(topic, day, 2 * n + 1000)));
    const value = radius * Math.cos(2 * Math.PI * this.unit(topic, day, 2 * n + 1001));
    return Math.min(3, Math.max(-3, value));
  }

  /** One member of a list that is not empty. */
  pick<T>(list: readonly T[], topic: Topic, day: number, n = 0): T {
    const chosen = list[Math.floor(this.unit(topic, day, n) * list.length)];
    if (chosen === undefined) throw new RangeError('nothing to pick from');
    return chosen;
  }

  /** A sequence of its own in [0, 1), for the many small draws inside one night or day. */
  stream(topic: Topic, day: number, n = 0): () => number {
    return mulberry32(this.bits(topic, day, n));
  }
}
