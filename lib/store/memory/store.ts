import type { Change } from '../../ports/change-log';
import type { StoredDocument } from '../../ports/documents';
import type { PersonStore } from '../../ports/person-store';
import type { HandOver, Taker } from '../hand-over';
import { JsonValues } from '../json-values';
import { startInstant } from '../start-instant';
import { StoredDocuments } from '../stored-documents';
import { MemoryChangeLog, type LogEntry } from './change-log';
import { MemoryDocumentTable } from './document-table';
import { MemoryEventQueue } from './event-queue';
import { MemorySeries } from './series';
import { MemorySetAside } from './set-aside';

/** One person's data in memory, gone with the process. */
export class MemoryStore implements Taker {
  readonly kind = 'memory';
  readonly documents: StoredDocuments;
  readonly series: MemorySeries;
  readonly changes: MemoryChangeLog;
  readonly state = new JsonValues();
  readonly setAside = new MemorySetAside();
  readonly events = new MemoryEventQueue();
  readonly #table = new MemoryDocumentTable();

  /** @param firstSeq seq of the first change-log entry to come */
  constructor(firstSeq: number) {
    this.changes = new MemoryChangeLog(firstSeq);
    this.series = new MemorySeries(this.changes);
    this.documents = new StoredDocuments({ table: this.#table, log: this.changes, transaction: (work) => work() });
  }

  /** Entries of the change log about dropped documents go with them: their bodies are what retention is about. */
  prune(endpoint: string, beforeDay: string, beforeMs: number): number {
    const dropped = this.#table.range(endpoint, null, null).filter(({ day }) => day !== null && day < beforeDay);
    for (const row of dropped) this.#table.remove(endpoint, row);
    if (dropped.length > 0) this.changes.forget(new Set(dropped.map(({ key }) => key)));
    return dropped.length + this.series.prune(endpoint, beforeMs);
  }

  stats(): ReturnType<PersonStore['stats']> {
    return { documents: this.#table.counts(), rows: this.series.counts(), sizeBytes: 0 };
  }

  takeOver(from: HandOver): void {
    for (const document of from.documents) this.#take(document);
    for (const endpoint of new Set(from.rows.map((row) => row.endpoint))) {
      this.series.takeOver(
        endpoint,
        from.rows.filter((row) => row.endpoint === endpoint),
      );
    }
    this.changes.takeOver(this.#entries(from), from.cursors, from.head);
    for (const [key, value] of from.state) this.state.save(key, value);
    for (const document of from.setAside) this.setAside.put(document);
    this.events.takeOver(from.events);
  }

  /** The memory stays while someone holds the store. */
  close(): void {
    // nothing to release
  }

  #take({ endpoint, id, provisional, day, start, end, body, seenAt, changedAt }: StoredDocument): void {
    const there = this.#table.byId(endpoint, id);
    if (there !== null) this.#table.remove(endpoint, there);
    const place = { day, start, startMs: startInstant(start), end };
    this.#table.insert(endpoint, { id, provisional, ...place, text: JSON.stringify(body), seenAt, changedAt });
  }

  #entries({ changes, rows }: HandOver): readonly LogEntry[] {
    const spans = new Map<number, { readonly first: number; readonly last: number }>();
    for (const { seq, time } of rows) spans.set(seq, { first: spans.get(seq)?.first ?? time, last: time });
    return changes.map((change) => this.#entry(change, spans.get(change.seq) ?? null));
  }

  #entry({ seq, endpoint, kind, id, day, body, previous, via, historic, at }: Change, rows: LogEntry['rows']): LogEntry {
    const stored = id === null ? null : this.#table.byId(endpoint, id);
    const text = body === null ? null : JSON.stringify(body);
    return {
      seq,
      endpoint,
      kind,
      document: id === null ? null : { key: stored?.key ?? 0, id, day },
      text: text === stored?.text ? stored.text : text, // one text for both
      previous: previous === null ? null : JSON.stringify(previous),
      rows,
      context: { via, historic, at },
    };
  }
}
