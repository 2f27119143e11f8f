import type { Body } from '../metric';
import { numberAt } from './number-at';
import { ratioOf } from './ratio-of';

/** The part of a row that reads how much one field is of another, in percent; null when either is missing or the whole is not positive. */
export function percentageOf(
  part: string,
  whole: string,
): { readonly fields: readonly string[]; readonly read: (body: Body) => number | null } {
  return { fields: [part, whole], read: (body) => ratioOf(numberAt(body, part), numberAt(body, whole), 100) };
}
