import type { Body } from '../metric';
import { instantAt } from './instant-at';

/**
 * Length of a period in seconds. Both ends need an offset, or neither (local times; then a period over a clock change is an hour off).
 * @returns null when an end is missing or before the start
 */
export function secondsBetween(body: Body, startField: string, endField: string): number | null {
  const start = instantAt(body, startField);
  const end = instantAt(body, endField);
  if (start === null || end === null || (start.offset === null) !== (end.offset === null)) return null;
  return end.ms < start.ms ? null : (end.ms - start.ms) / 1000;
}
