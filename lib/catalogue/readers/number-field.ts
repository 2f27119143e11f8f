import type { Body } from '../metric';
import { numberAt } from './number-at';

/** The part of a row that reads one numeric field as it is. @param path e.g. `contributors.deep_sleep` */
export function numberField(path: string): { readonly fields: readonly string[]; readonly read: (body: Body) => number | null } {
  return { fields: [path], read: (body) => numberAt(body, path) };
}
