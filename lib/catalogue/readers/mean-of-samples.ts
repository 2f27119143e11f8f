import type { Body } from '../metric';
import { roundTo } from './round-to';
import { samplesAt } from './samples-at';

const DECIMALS = 2;

/**
 * The part of a row that reads the mean of samples, gaps left out.
 * @param half which half of the samples to take, by position in time (a middle one belongs to the second); all when missing
 * @returns null when fewer than `min` samples are known
 */
export function meanOfSamples(
  path: string,
  { half, min = 1 }: { readonly half?: 'first' | 'second'; readonly min?: number } = {},
): { readonly fields: readonly string[]; readonly read: (body: Body) => number | null } {
  return {
    fields: [path],
    read: (body) => {
      const items = samplesAt(body, path)?.items ?? [];
      const middle = Math.floor(items.length / 2);
      const part = half === undefined ? items : half === 'first' ? items.slice(0, middle) : items.slice(middle);
      const known = part.filter((item) => item !== null);
      return known.length < min ? null : roundTo(known.reduce((sum, item) => sum + item, 0) / known.length, DECIMALS);
    },
  };
}
