import type { Body } from '../metric';
import { instantOf, type Instant } from './instant-of';
import { textAt } from './text-at';

/** The date-time at a path, taken apart; null where there is none. */
export function instantAt(body: Body, path: string): Instant | null {
  const text = textAt(body, path);
  return text === null ? null : instantOf(text);
}
