import type { Change, ChangeLog, ChangeQuery } from '../../ports/change-log';
import type { ChangeSink, NewChange } from '../change-sink';
import { parseBody } from '../parse-body';
import type { ReaderCursor } from '../reader-cursor';
import { firstIndex } from './first-index';

export type LogEntry = NewChange & { readonly seq: number };

/** The change log in memory; texts are shared with the documents. */
export class MemoryChangeLog implements ChangeLog, ChangeSink {
  readonly #cursors = new Map<string, ReaderCursor>();
  #entries: LogEntry[] = [];
  #head: number;

  /** @param firstSeq seq of the first entry to come */
  constructor(firstSeq: number) {
    this.#head = firstSeq - 1;
  }

  append(change: NewChange): number {
    this.#head += 1;
    this.#entries.push({ ...change, seq: this.#head });
    return this.#head;
  }

  head(): number {
    return this.#head;
  }

  read({ after, limit, endpoint, historic }: ChangeQuery): readonly Change[] {
    const found: Change[] = [];
    for (let index = firstIndex(this.#entries, ({ seq }) => seq <= after); found.length < limit; index += 1) {
      const entry = this.#entries[index];
      if (entry === undefined) break;
      if (endpoint !== undefined && entry.endpoint !== endpoint) continue;
      if (historic === false && entry.context.historic) continue;
      found.push(shown(entry));
    }
    return found;
  }

  cursor(reader: string): number | null {
    return this.#cursors.get(reader)?.seq ?? null;
  }

  /** Never goes back. */
  advance(reader: string, seq: number, at: number): void {
    this.#cursors.set(reader, { reader, seq: Math.max(seq, this.cursor(reader) ?? seq), at });
  }

  prune(before: number): number {
    for (const { reader, at } of this.#cursors.values()) if (at < before) this.#cursors.delete(reader);
    return this.#keep(({ context }) => context.at >= before);
  }

  entry(seq: number): LogEntry | null {
    const entry = this.#entries[firstIndex(this.#entries, (other) => other.seq < seq)];
    return entry?.seq === seq ? entry : null;
  }

  /** Drops all entries about these documents. */
  forget(keys: ReadonlySet<number>): void {
    this.#keep(({ document }) => document === null || !keys.has(document.key));
  }

  /** Puts an older log before everything to come. */
  takeOver(entries: readonly LogEntry[], cursors: readonly ReaderCursor[], head: number): void {
    this.#entries = [...entries, ...this.#entries].toSorted((a, b) => a.seq - b.seq);
    for (const { reader, seq, at } of cursors) this.advance(reader, seq, at);
    this.#head = Math.max(this.#head, head);
  }

  #keep(isWanted: (entry: LogEntry) => boolean): number {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter(isWanted);
    return before - this.#entries.length;
  }
}

function shown({ seq, endpoint, kind, document, text, previous, context }: LogEntry): Change {
  return {
    seq,
    endpoint,
    kind,
    id: document?.id ?? null,
    day: document?.day ?? null,
    body: text === null ? null : parseBody(text),
    previous: previous === null ? null : parseBody(previous),
    historic: context.historic,
    via: context.via,
    at: context.at,
  };
}
