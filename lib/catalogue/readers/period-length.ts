import type { Body } from '../metric';
import { secondsBetween } from './seconds-between';

const FIELDS = ['start_datetime', 'end_datetime'] as const;

/** The part of a row that reads how long a workout or session lasted, seconds. */
export function periodLength(): { readonly fields: readonly string[]; readonly read: (body: Body) => number | null } {
  return { fields: FIELDS, read: (body) => secondsBetween(body, ...FIELDS) };
}
