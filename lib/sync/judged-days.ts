import { addDays } from './local-day';
import type { RangedFetch } from './plan';

/**
 * The days of a comparison whose documents are judged: by day-to-day comparisons those strictly inside, so that no end rule of a window
 * matters; where a person asks for certain days all of them, since what is asked of Oura reaches further on both sides.
 * @returns both ends included; from > to where there is none
 */
export function judgedDays({ from, to, whole }: RangedFetch): { readonly from: string; readonly to: string } {
  return whole === true ? { from, to } : { from: addDays(from, 1), to: addDays(to, -1) };
}
