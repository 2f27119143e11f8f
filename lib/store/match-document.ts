import type { IncomingDocument } from '../ports/documents';
import type { DocumentRow } from './document-table';

/**
 * The stored document that an incoming one with an unknown id stands for. Documents without an id are numbered in the order delivered, so
 * the n-th provisional one belongs to the n-th stored one of the same day or start.
 * @param alike stored documents of the same day or start, ordered by key
 * @param named ids in the same delivery: those documents speak for themselves
 * @returns null when the incoming document is new
 */
export function matchDocument(document: IncomingDocument, alike: readonly DocumentRow[], named: ReadonlySet<string>): DocumentRow | null {
  const free = alike.filter((row) => !named.has(row.id));
  const provisional = free.filter((row) => row.provisional).toSorted((a, b) => ordinalOf(a.id) - ordinalOf(b.id));
  if (!document.provisional) return provisional[0] ?? null;
  const ordinal = ordinalOf(document.id);
  const respelt = provisional.find((row) => ordinalOf(row.id) === ordinal); // the same instant with another offset
  if (respelt !== undefined) return respelt;
  const before = alike.filter((row) => row.provisional && ordinalOf(row.id) < ordinal).length;
  const real = free.filter((row) => !row.provisional);
  return real[ordinal - 1 - before] ?? null;
}

/** 1 for the first of equal starts, n for `start:<start>#n`. */
function ordinalOf(provisionalId: string): number {
  const match = /^start:.*#(\d+)$/.exec(provisionalId);
  return match === null ? 1 : Number(match[1]);
}
