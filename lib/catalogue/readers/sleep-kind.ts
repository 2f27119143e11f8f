import type { Body } from '../metric';
import { textAt } from './text-at';

/** What a sleep period counts as: the night's candidates, naps, or not at all (`rest`: rejected, `deleted`, types nobody knows). */
const KINDS: Readonly<Record<string, 'long' | 'nap'>> = { long_sleep: 'long', sleep: 'nap', late_nap: 'nap' };

/** @returns null for a period that does not count as sleep */
export function sleepKind(body: Body): 'long' | 'nap' | null {
  const type = textAt(body, 'type');
  return type === null || !Object.hasOwn(KINDS, type) ? null : (KINDS[type] ?? null);
}
