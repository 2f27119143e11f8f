import type { Body } from '../metric';
import { knownSum } from './known-sum';
import { secondsBetween } from './seconds-between';

const FIELDS = ['start_datetime', 'end_datetime'] as const;

/** The part of a row that reads how long the workouts or sessions of a day lasted together, seconds; 0 when there were none. */
export function sumOfLengths(): { readonly fields: readonly string[]; readonly read: (bodies: readonly Body[]) => number | null } {
  return { fields: FIELDS, read: (bodies) => knownSum(bodies.map((body) => secondsBetween(body, ...FIELDS))) };
}
