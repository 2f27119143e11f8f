import type { ChangeContext } from '../../ports/documents';
import type { AppendedRows, IncomingRow, Series } from '../../ports/series';
import type { ChangeSink } from '../change-sink';
import { IsoReader } from '../iso-reader';
import { numberRows, type NumberedRow } from '../number-rows';
import type { PlacedRow } from '../row-block';
import { RowCoder } from '../row-coder';
import { rowBody } from '../row-shape';
import { sameRow } from '../same-row';
import { column } from './column';
import type { Database } from './database';
import type { Interned } from './interned';
import { SeriesBlocks, type Block } from './series-blocks';
import type { Statement } from './statement';

export interface SeriesPorts {
  readonly database: Database;
  readonly endpoints: Interned;
  readonly shapes: Interned;
  readonly log: ChangeSink;
}

type RowWithSeq = IncomingRow & { readonly seq: number };

/**
 * Time series in the SQLite file. What one entry of the change log wrote on one day is one block, as to SQLite a thousand small rows are a
 * thousand times the work of one; a later entry that replaces a row takes it out of its block.
 */
export class SqliteSeries implements Series {
  readonly #ports: SeriesPorts;
  readonly #coder = new RowCoder();
  readonly #iso = new IsoReader();
  readonly #blocks: SeriesBlocks;
  readonly #entry: Statement;

  constructor(ports: SeriesPorts) {
    this.#ports = ports;
    this.#blocks = new SeriesBlocks(ports.database, ports.shapes, this.#coder);
    this.#entry = ports.database.prepare('SELECT endpoint, first_ms, last_ms FROM change WHERE seq = ? AND first_ms IS NOT NULL');
  }

  append(endpoint: string, rows: readonly IncomingRow[], context: ChangeContext): AppendedRows | null {
    if (rows.length === 0) return null;
    const { database, endpoints, log } = this.#ports;
    const numbered = numberRows(rows);
    return database.transaction(() => {
      const known = endpoints.find(endpoint);
      const fresh = known === null ? numbered : this.#makeRoom(known, numbered);
      const [first, last] = [fresh.at(0), fresh.at(-1)];
      if (first === undefined || last === undefined) return null;
      const span = { first: first.time, last: last.time };
      const seq = log.append({ endpoint, kind: 'created', document: null, text: null, previous: null, rows: span, context });
      this.#blocks.write(endpoints.id(endpoint), seq, fresh);
      const change = { seq, endpoint, kind: 'created' as const, id: null, day: null, body: null, previous: null, ...context };
      return { change, rows: fresh.length };
    });
  }

  range(endpoint: string, fromMs: number, toMs: number): readonly IncomingRow[] {
    return this.#between(endpoint, fromMs, toMs).map((row) => this.#shown(row));
  }

  newest(endpoint: string): IncomingRow | null {
    const endpointId = this.#ports.endpoints.find(endpoint);
    if (endpointId === null) return null;
    const blocks = this.#blocks.newest(endpointId);
    const last = blocks.reduce((latest, block) => Math.max(latest, block.last), -Infinity);
    const latest = blocks.filter((block) => block.last === last).map((block) => this.#blocks.rows(block).at(-1));
    const newest = latest
      .filter((row) => row !== undefined)
      .toSorted(inOrder)
      .at(-1);
    return newest === undefined ? null : this.#shown(newest);
  }

  changedRows(seq: number): readonly IncomingRow[] {
    const entry = this.#entry.get(seq);
    if (entry === null) return [];
    const [first, last] = [column.integer(entry, 'first_ms'), column.integer(entry, 'last_ms')];
    const blocks = this.#blocks.ofEntry(column.integer(entry, 'endpoint'), seq, first, last);
    return blocks.flatMap((block) => this.#blocks.rows(block).map((row) => this.#shown(row)));
  }

  /** Rows with time >= fromMs, oldest first, each with the seq of the entry that wrote it. */
  since(endpoint: string, fromMs: number): readonly RowWithSeq[] {
    return this.#between(endpoint, fromMs, Number.MAX_SAFE_INTEGER).map((row) => ({ ...this.#shown(row), seq: row.seq }));
  }

  /** Drops rows before an instant; inside a transaction. @returns how many */
  prune(endpointId: number, beforeMs: number): number {
    return this.#blocks.prune(endpointId, beforeMs);
  }

  #between(endpoint: string, fromMs: number, toMs: number): readonly (PlacedRow & { readonly seq: number })[] {
    const endpointId = this.#ports.endpoints.find(endpoint);
    if (endpointId === null || toMs <= fromMs) return [];
    const found: (PlacedRow & { readonly seq: number })[] = [];
    for (const block of this.#blocks.within(endpointId, fromMs, toMs - 1)) {
      for (const { time, ordinal, shape, values } of this.#blocks.rows(block))
        if (time >= fromMs && time < toMs) found.push({ time, ordinal, shape, values, seq: block.seq });
    }
    const isInOrder = found.every((row, index) => index === 0 || inOrder(found[index - 1] ?? row, row) <= 0);
    return isInOrder ? found : found.toSorted(inOrder); // blocks of one day may lie within one another
  }

  #shown(row: PlacedRow): IncomingRow {
    return { time: row.time, body: rowBody(row.time, row, (ms) => this.#iso.text(ms)) };
  }

  /** Takes rows that come with another content out of their blocks. @returns those that are new or other */
  #makeRoom(endpointId: number, rows: readonly NumberedRow[]): readonly NumberedRow[] {
    const [first, last] = [rows.at(0)?.time ?? 0, rows.at(-1)?.time ?? 0];
    const blocks = this.#blocks.within(endpointId, first, last);
    if (blocks.length === 0) return rows;
    const incoming = new Map(rows.map((row) => [placeOf(row), row]));
    for (const block of blocks) this.#compare(block, incoming);
    return [...incoming.values()]; // a Map keeps the order
  }

  /** What a block holds already is taken out of `incoming`, what is to be replaced out of the block. */
  #compare(block: Block, incoming: Map<number | string, NumberedRow>): void {
    const stored = this.#blocks.rows(block);
    const kept = stored.filter((row) => {
      const place = placeOf(row);
      const other = incoming.get(place);
      if (other === undefined) return true;
      if (!sameRow(row.time, row, this.#coder.code(other))) return false;
      incoming.delete(place);
      return true;
    });
    if (kept.length < stored.length) this.#blocks.replace(block, kept);
  }
}

/** Names an instant and ordinal. */
function placeOf({ time, ordinal }: Pick<PlacedRow, 'time' | 'ordinal'>): number | string {
  return ordinal === 0 ? time : `${time}#${ordinal}`;
}

function inOrder(a: PlacedRow, b: PlacedRow): number {
  return a.time - b.time || a.ordinal - b.ordinal;
}
