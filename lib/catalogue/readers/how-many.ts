import type { Body } from '../metric';

/** The part of a row that counts documents; they are identified by `id`. */
export function howMany(): { readonly fields: readonly string[]; readonly read: (bodies: readonly Body[]) => number } {
  return { fields: ['id'], read: (bodies) => bodies.length };
}
