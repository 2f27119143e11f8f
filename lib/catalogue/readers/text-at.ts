import type { Body } from '../metric';
import { valueAt } from './value-at';

/** The text at a path, else null. */
export function textAt(body: Body, path: string): string | null {
  const value = valueAt(body, path);
  return typeof value === 'string' ? value : null;
}
