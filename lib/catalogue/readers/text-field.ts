import type { Body } from '../metric';
import { textAt } from './text-at';

/** The part of a row that reads one text field as it is; unknown words pass. An empty text says nothing. */
export function textField(path: string): { readonly fields: readonly string[]; readonly read: (body: Body) => string | null } {
  return {
    fields: [path],
    read: (body) => {
      const text = textAt(body, path);
      return text === '' ? null : text;
    },
  };
}
