import type { Body } from '../metric';
import { knownSum } from './known-sum';
import { numberAt } from './number-at';

/** The part of a row that adds up one field of several documents; 0 of none, null when none of them has it. */
export function sumOfField(path: string): {
  readonly fields: readonly string[];
  readonly read: (bodies: readonly Body[]) => number | null;
} {
  return { fields: [path], read: (bodies) => knownSum(bodies.map((body) => numberAt(body, path))) };
}
