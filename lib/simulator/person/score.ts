import { clamp } from './clamp';

/** A score or contributor as Oura shows it: a whole number in [1, 100]. */
export function score(value: number): number {
  return Math.round(clamp(value, 1, 100));
}
