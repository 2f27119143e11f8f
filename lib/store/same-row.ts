import { isDeepStrictEqual } from 'node:util';
import { rowBody, type CodedRow } from './row-shape';

/** Whether two coded rows of the same instant say the same, the order of keys apart. */
export function sameRow(time: number, a: CodedRow, b: CodedRow): boolean {
  if (a.shape.text === b.shape.text) return a.values.every((value, index) => sameValue(value, b.values[index]));
  return a.shape.text.length === b.shape.text.length && isDeepStrictEqual(rowBody(time, a), rowBody(time, b));
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && isDeepStrictEqual(a, b));
}
