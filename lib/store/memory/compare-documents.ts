import type { DocumentRow } from '../document-table';

type Ordered = Pick<DocumentRow, 'day' | 'startMs' | 'id'>;

/** Order of documents: day, then start instant, then id; null comes first. */
export function compareDocuments(a: Ordered, b: Ordered): number {
  return compare(a.day, b.day) || compare(a.startMs, b.startMs) || compare(a.id, b.id);
}

function compare<T extends string | number>(a: T | null, b: T | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  return b === null || a > b ? 1 : -1;
}
