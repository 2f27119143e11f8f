import type { PersonModel } from './person-model';
import { TOPICS } from './topics';
import { MS } from './units';

const BLOCK_DAYS = 4;

/** One charging and how the ring discharges after it. Epoch ms; levels in %. */
export interface Charge {
  readonly day: number;
  readonly start: number;
  readonly end: number;
  readonly full: number;
  /** % a day until the next charging */
  readonly drain: number;
}

/** The charging in the block of four days that `day` lies in: no two are less than three or more than five days apart. */
export function batteryCharge(model: PersonModel, day: number): Charge {
  const block = Math.floor(day / BLOCK_DAYS);
  const { chance } = model;
  const chosen = block * BLOCK_DAYS + 1 + (chance.unit(TOPICS.charge, block) < 0.5 ? 0 : 1);
  const start = model.timing(chosen).wake + Math.round(chance.between(10, 25, TOPICS.charge, block, 1)) * MS.minute;
  const end = start + 5 * Math.round(chance.between(10, 16, TOPICS.charge, block, 2)) * MS.minute;
  return {
    day: chosen,
    start,
    end,
    full: Math.round(chance.between(93, 100, TOPICS.charge, block, 3)),
    drain: chance.between(15, 18.5, TOPICS.drain, block),
  };
}
