import type { Change } from '../ports/change-log';
import type { ChangeContext, Documents, IncomingDocument, StoredDocument } from '../ports/documents';
import type { ChangeSink } from './change-sink';
import type { DocumentRow, DocumentTable } from './document-table';
import { matchDocument } from './match-document';
import { parseBody } from './parse-body';
import { sameJson } from './same-json';
import { startInstant } from './start-instant';

type MatchBy = 'day' | 'start';
type Place = Pick<DocumentRow, 'day' | 'start' | 'startMs' | 'end'>;

export interface DocumentPorts {
  readonly table: DocumentTable;
  readonly log: ChangeSink;
  /** Runs work as one transaction: all of it or nothing. */
  readonly transaction: <T>(work: () => T) => T;
}

/** Port Documents over any table: what an incoming document meets, what is written, what is logged. */
export class StoredDocuments implements Documents {
  readonly #ports: DocumentPorts;

  constructor(ports: DocumentPorts) {
    this.#ports = ports;
  }

  upsert(endpoint: string, matchBy: MatchBy, documents: readonly IncomingDocument[], context: ChangeContext): readonly Change[] {
    if (documents.length === 0) return [];
    const texts = documents.map((document) => JSON.stringify(document.body)); // before the transaction: this may throw
    const named = new Set(documents.map((document) => document.id));
    return this.#ports.transaction(() => {
      const changes: Change[] = [];
      documents.forEach((document, index) => {
        const stored = this.#storedFor(endpoint, matchBy, document, named);
        const change = this.#write(endpoint, stored, { document, text: texts[index] ?? '{}' }, context);
        if (change !== null) changes.push(change);
      });
      return changes;
    });
  }

  delete(endpoint: string, id: string, context: ChangeContext): Change | null {
    return this.#ports.transaction(() => {
      const { table, log } = this.#ports;
      const stored = table.byId(endpoint, id);
      if (stored === null) return null;
      table.remove(endpoint, stored);
      const seq = log.append({ endpoint, kind: 'deleted', document: stored, text: null, previous: stored.text, rows: null, context });
      return { seq, endpoint, kind: 'deleted', id, day: stored.day, body: null, previous: parseBody(stored.text), ...context };
    });
  }

  find(endpoint: string, id: string): StoredDocument | null {
    const row = this.#ports.table.byId(endpoint, id);
    return row === null ? null : shown(endpoint, row);
  }

  range(endpoint: string, fromDay: string | null, toDay: string | null): readonly StoredDocument[] {
    return this.#ports.table.range(endpoint, fromDay, toDay).map((row) => shown(endpoint, row));
  }

  newest(endpoint: string): StoredDocument | null {
    const row = this.#ports.table.newest(endpoint);
    return row === null ? null : shown(endpoint, row);
  }

  #storedFor(endpoint: string, matchBy: MatchBy, document: IncomingDocument, named: ReadonlySet<string>): DocumentRow | null {
    const { table } = this.#ports;
    return table.byId(endpoint, document.id) ?? matchDocument(document, this.#alike(endpoint, matchBy, document), named);
  }

  #alike(endpoint: string, matchBy: MatchBy, document: IncomingDocument): readonly DocumentRow[] {
    const { table } = this.#ports;
    if (matchBy === 'day') return document.day === null ? [] : table.ofDay(endpoint, document.day);
    const startMs = startInstant(document.start);
    return startMs === null ? [] : table.ofStart(endpoint, startMs);
  }

  #write(
    endpoint: string,
    stored: DocumentRow | null,
    { document, text }: { readonly document: IncomingDocument; readonly text: string },
    context: ChangeContext,
  ): Change | null {
    const { table, log } = this.#ports;
    const place = placeOf(document);
    if (stored === null) {
      const { id, provisional } = document;
      const key = table.insert(endpoint, { id, provisional, ...place, text, seenAt: context.at, changedAt: context.at });
      const entry = {
        endpoint,
        kind: 'created',
        document: { key, id, day: place.day },
        text,
        previous: null,
        rows: null,
        context,
      } as const;
      return { seq: log.append(entry), endpoint, kind: 'created', id, day: place.day, body: document.body, previous: null, ...context };
    }
    const named = stored.provisional && !document.provisional;
    if (!named && sameJson(stored.text, text)) {
      if (!samePlace(stored, place)) table.update(endpoint, { ...stored, ...place }); // another reading of the same content, no news
      return null;
    }
    const id = named ? document.id : stored.id;
    const row = { ...stored, ...place, id, provisional: stored.provisional && !named, text, changedAt: context.at };
    table.update(endpoint, row);
    const seq = log.append({ endpoint, kind: 'updated', document: row, text, previous: stored.text, rows: null, context });
    return { seq, endpoint, kind: 'updated', id, day: row.day, body: document.body, previous: parseBody(stored.text), ...context };
  }
}

function placeOf({ day, start, end }: IncomingDocument): Place {
  return { day, start, startMs: startInstant(start), end };
}

function samePlace(a: Place, b: Place): boolean {
  return a.day === b.day && a.start === b.start && a.startMs === b.startMs && a.end === b.end;
}

function shown(endpoint: string, row: DocumentRow): StoredDocument {
  const { id, provisional, day, start, end, text, seenAt, changedAt } = row;
  return { endpoint, id, provisional, day, start, end, body: parseBody(text), seenAt, changedAt };
}
