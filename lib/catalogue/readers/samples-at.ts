import type { Body } from '../metric';
import { finiteNumber } from './finite-number';
import { instantAt } from './instant-at';
import type { Instant } from './instant-of';
import { numberAt } from './number-at';
import { valueAt } from './value-at';

/** Samples at a fixed interval; null items are gaps. */
export interface Samples {
  readonly start: Instant;
  readonly intervalMs: number;
  readonly items: readonly (number | null)[];
}

/** The samples (`{interval, items, timestamp}`) at a path; null where missing or malformed. Items that are no numbers count as gaps. */
export function samplesAt(body: Body, path: string): Samples | null {
  const start = instantAt(body, `${path}.timestamp`);
  const interval = numberAt(body, `${path}.interval`);
  const items = valueAt(body, `${path}.items`);
  if (start === null || interval === null || interval <= 0 || !Array.isArray(items)) return null;
  return { start, intervalMs: interval * 1000, items: items.map(finiteNumber) };
}
