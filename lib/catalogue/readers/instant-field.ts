import type { Body } from '../metric';
import { instantOf } from './instant-of';
import { textAt } from './text-at';

/**
 * The part of a row that reads one date-time as the API spells it. Some families spell it without offset: local time of the person,
 * which whoever shows it must complete.
 */
export function instantField(path: string): { readonly fields: readonly string[]; readonly read: (body: Body) => string | null } {
  return {
    fields: [path],
    read: (body) => {
      const text = textAt(body, path);
      return text === null || instantOf(text) === null ? null : text;
    },
  };
}
