import { isDeepStrictEqual } from 'node:util';
import { rowBody, type CodedRow, type RowShape } from './row-shape';

/** Whether two coded rows of the same instant say the same, the order of keys apart. */
export function sameRow(time: number, a: CodedRow, b: CodedRow): boolean {
  if (a.shape === b.shape && a.vals === b.vals) return true;
  return a.shape.length === b.shape.length && a.vals.length === b.vals.length && isDeepStrictEqual(bodyOf(time, a), bodyOf(time, b));
}

function bodyOf(time: number, row: CodedRow): unknown {
  return rowBody(time, JSON.parse(row.shape) as RowShape, row.vals); // written by `codedRow`
}
