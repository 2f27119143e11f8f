import type { Body } from '../metric';
import { valueAt } from './value-at';

/** The part of a row that reads one yes-or-no field as it is. */
export function flagField(path: string): { readonly fields: readonly string[]; readonly read: (body: Body) => boolean | null } {
  return {
    fields: [path],
    read: (body) => {
      const value = valueAt(body, path);
      return typeof value === 'boolean' ? value : null;
    },
  };
}
