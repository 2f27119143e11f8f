import type { Chance } from './chance';
import { TOPICS } from './topics';

/** An infection: `course[i]` is its strength (0 to 1) on day `first + i`. */
export interface Illness {
  readonly first: number;
  readonly course: readonly number[];
}

const BLOCK_DAYS = 75;
const CHANCE_PER_BLOCK = 0.9;
const COURSES = [
  [0.5, 1, 0.7],
  [0.45, 1, 0.9, 0.5],
  [0.4, 0.9, 1, 0.7, 0.35],
] as const;

/** Illness every two to three months, as a pure function of the day. */
export const illness = {
  /** The episode of the block of 75 days a day lies in, if it has one. */
  near(chance: Chance, day: number): Illness | null {
    const block = Math.floor(day / BLOCK_DAYS);
    if (chance.unit(TOPICS.illness, block) >= CHANCE_PER_BLOCK) return null;
    const first = block * BLOCK_DAYS + 2 + Math.floor(chance.between(0, BLOCK_DAYS - 10, TOPICS.illness, block, 1));
    const severity = chance.between(0.7, 1.15, TOPICS.illness, block, 2);
    const course = chance.pick(COURSES, TOPICS.illness, block, 3);
    return { first, course: course.map((strength) => strength * severity) };
  },
  /** Strength on a day, 0 = well. */
  on(chance: Chance, day: number): number {
    const episode = illness.near(chance, day);
    return episode?.course[day - episode.first] ?? 0;
  },
} as const;
