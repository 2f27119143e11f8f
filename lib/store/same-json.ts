import { isDeepStrictEqual } from 'node:util';

/** Whether two texts written by JSON.stringify say the same, the order of keys apart (which never changes the length). */
export function sameJson(a: string, b: string): boolean {
  return a === b || (a.length === b.length && isDeepStrictEqual(JSON.parse(a), JSON.parse(b)));
}
