import type { Body } from '../metric';
import { finiteNumber } from './finite-number';
import { valueAt } from './value-at';

/** The number at a path, else null. Zero is a value. */
export function numberAt(body: Body, path: string): number | null {
  return finiteNumber(valueAt(body, path));
}
