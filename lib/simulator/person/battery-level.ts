import { batteryCharge } from './battery-charge';
import { clamp } from './clamp';
import type { PersonModel } from './person-model';
import { MS } from './units';

const BLOCK_DAYS = 4;

/** Level of the ring's battery in whole % at an instant (epoch ms) on or near `day`. */
export function batteryLevel(model: PersonModel, day: number, instant: number): number {
  const charges = [day + BLOCK_DAYS, day, day - BLOCK_DAYS, day - 2 * BLOCK_DAYS].map((near) => batteryCharge(model, near));
  const index = charges.findIndex(({ start }) => start <= instant);
  const charge = charges[index];
  if (charge === undefined) throw new RangeError(`day ${day} does not belong to instant ${instant}`);
  const drained = (from: typeof charge, at: number): number => clamp(from.full - (from.drain * (at - from.end)) / MS.day, 1, 100);
  if (instant >= charge.end) return Math.round(drained(charge, instant));
  const before = batteryCharge(model, charge.day - BLOCK_DAYS);
  const low = drained(before, charge.start);
  return Math.round(low + ((charge.full - low) * (instant - charge.start)) / (charge.end - charge.start));
}
