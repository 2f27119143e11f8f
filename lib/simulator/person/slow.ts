import type { Chance } from './chance';
import type { Topic } from './topics';

/** Parts of a person's life that move slowly, as pure functions of the day. */
export const slow = {
  /** Smooth value noise: random knots every `period` days joined by smoothstep; about standard normal at the knots. */
  drift(chance: Chance, topic: Topic, day: number, period: number): number {
    const knot = Math.floor(day / period);
    const part = day / period - knot;
    const weight = part * part * (3 - 2 * part);
    return chance.normal(topic, knot, period) * (1 - weight) + chance.normal(topic, knot + 1, period) * weight;
  },
  /** Multi-day autocorrelation: the last seven days' draws weighted 0.55^k, scaled to variance 1 (lag-1 correlation about 0.55). */
  memory(chance: Chance, topic: Topic, day: number): number {
    let sum = 0;
    let squares = 0;
    for (let k = 0; k < 7; k += 1) {
      const weight = 0.55 ** k;
      sum += weight * chance.normal(topic, day - k);
      squares += weight * weight;
    }
    return sum / Math.sqrt(squares);
  },
  /** 1 at midwinter (21 December), -1 at midsummer. */
  winter(day: number): number {
    return Math.cos((2 * Math.PI * (day - 354)) / 365.25);
  },
} as const;
