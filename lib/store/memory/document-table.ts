import type { DocumentRow, DocumentTable } from '../document-table';
import { compareDocuments } from './compare-documents';
import { firstIndex } from './first-index';

interface Shelf {
  readonly byKey: Map<number, DocumentRow>;
  readonly byId: Map<string, DocumentRow>;
  readonly byStart: Map<number, readonly DocumentRow[]>;
  /** In the order of compareDocuments. */
  readonly ordered: DocumentRow[];
}

/** Documents in memory, ordered and indexed per endpoint. */
export class MemoryDocumentTable implements DocumentTable {
  readonly #shelves = new Map<string, Shelf>();
  #nextKey = 1;

  byId(endpoint: string, id: string): DocumentRow | null {
    return this.#shelves.get(endpoint)?.byId.get(id) ?? null;
  }

  ofDay(endpoint: string, day: string): readonly DocumentRow[] {
    return this.range(endpoint, day, day).toSorted((a, b) => a.key - b.key);
  }

  ofStart(endpoint: string, startMs: number): readonly DocumentRow[] {
    return (this.#shelves.get(endpoint)?.byStart.get(startMs) ?? []).toSorted((a, b) => a.key - b.key);
  }

  insert(endpoint: string, row: Omit<DocumentRow, 'key'>): number {
    const key = this.#nextKey;
    this.#nextKey += 1;
    this.#put(this.#shelf(endpoint), { ...row, key });
    return key;
  }

  update(endpoint: string, row: DocumentRow): void {
    const shelf = this.#shelf(endpoint);
    const before = shelf.byKey.get(row.key);
    if (before !== undefined) take(shelf, before);
    this.#put(shelf, row);
  }

  remove(endpoint: string, row: DocumentRow): void {
    take(this.#shelf(endpoint), row);
  }

  range(endpoint: string, fromDay: string | null, toDay: string | null): readonly DocumentRow[] {
    const ordered = this.#shelves.get(endpoint)?.ordered ?? [];
    if (fromDay === null && toDay === null) return [...ordered];
    const from = firstIndex(ordered, ({ day }) => day === null || (fromDay !== null && day < fromDay));
    const to = toDay === null ? ordered.length : firstIndex(ordered, ({ day }) => day === null || day <= toDay);
    return ordered.slice(from, to);
  }

  newest(endpoint: string): DocumentRow | null {
    return this.#shelves.get(endpoint)?.ordered.at(-1) ?? null;
  }

  /** How many documents there are, by endpoint. */
  counts(): Readonly<Record<string, number>> {
    const shelves = [...this.#shelves].filter(([, { ordered }]) => ordered.length > 0);
    return Object.fromEntries(shelves.map(([endpoint, { ordered }]) => [endpoint, ordered.length]));
  }

  #shelf(endpoint: string): Shelf {
    const shelf = this.#shelves.get(endpoint) ?? { byKey: new Map(), byId: new Map(), byStart: new Map(), ordered: [] };
    this.#shelves.set(endpoint, shelf);
    return shelf;
  }

  #put(shelf: Shelf, row: DocumentRow): void {
    shelf.byKey.set(row.key, row);
    shelf.byId.set(row.id, row);
    if (row.startMs !== null) shelf.byStart.set(row.startMs, [...(shelf.byStart.get(row.startMs) ?? []), row]);
    shelf.ordered.splice(
      firstIndex(shelf.ordered, (other) => compareDocuments(other, row) < 0),
      0,
      row,
    );
  }
}

function take(shelf: Shelf, row: DocumentRow): void {
  shelf.byKey.delete(row.key);
  shelf.byId.delete(row.id);
  if (row.startMs !== null) {
    const others = (shelf.byStart.get(row.startMs) ?? []).filter(({ key }) => key !== row.key);
    if (others.length === 0) shelf.byStart.delete(row.startMs);
    else shelf.byStart.set(row.startMs, others);
  }
  shelf.ordered.splice(
    firstIndex(shelf.ordered, (other) => compareDocuments(other, row) < 0),
    1,
  );
}
