import type { NumberedRow } from '../number-rows';
import { blockRows, BlockBuilder, type PlacedRow } from '../row-block';
import type { RowCoder } from '../row-coder';
import type { RowShape } from '../row-shape';
import { column, type SqlRow } from './column';
import type { Database } from './database';
import type { Interned } from './interned';
import type { Statement } from './statement';

/** A block as it lies in the file: rows that one entry of the change log wrote on one UTC day and no later one replaced. */
export interface Block {
  readonly key: number;
  readonly seq: number;
  readonly first: number;
  readonly last: number;
  /** The rows as text, see `blockRows`. */
  readonly text: string;
}

/** Length of a block's stretch of time. */
export const BLOCK_MS = 86_400_000;

const INSERT = 'INSERT INTO series (endpoint, block, seq, first_ms, last_ms, count, rows) VALUES (?, ?, ?, ?, ?, ?, ?)';
type Name = 'insert' | 'replace' | 'remove' | 'within' | 'ofEntry' | 'newest' | 'countBefore' | 'removeBefore';

/** The table `series`: the rows of an endpoint in blocks. Numbers of endpoints come from outside. */
export class SeriesBlocks {
  readonly #shapes: Interned;
  readonly #coder: RowCoder;
  readonly #byId = new Map<number, RowShape>();
  readonly #sql: Readonly<Record<Name, Statement>>;

  constructor(database: Database, shapes: Interned, coder: RowCoder) {
    const select = (rest: string): Statement =>
      database.prepare(`SELECT key, seq, first_ms, last_ms, rows FROM series WHERE endpoint = ?1 AND ${rest}`);
    this.#shapes = shapes;
    this.#coder = coder;
    database.onRollback(() => {
      this.#byId.clear();
    });
    this.#sql = {
      insert: database.prepare(INSERT),
      replace: database.prepare('UPDATE series SET first_ms = ?, last_ms = ?, count = ?, rows = ? WHERE key = ?'),
      remove: database.prepare('DELETE FROM series WHERE key = ?'),
      within: select('block >= ?2 AND block <= ?3 AND last_ms >= ?4 AND first_ms <= ?5 ORDER BY block, seq'),
      ofEntry: select('block >= ?2 AND block <= ?3 AND seq = ?4 ORDER BY block'),
      newest: select('block = (SELECT max(block) FROM series WHERE endpoint = ?1)'),
      countBefore: database.prepare('SELECT coalesce(sum(count), 0) AS n FROM series WHERE endpoint = ? AND block < ?'),
      removeBefore: database.prepare('DELETE FROM series WHERE endpoint = ? AND block < ?'),
    };
  }

  /** Writes rows of one entry. @param rows ordered by instant and ordinal */
  write(endpoint: number, seq: number, rows: readonly NumberedRow[]): void {
    let from = 0;
    while (from < rows.length) {
      const block = blockOf(rows[from]?.time ?? 0);
      const end = rows.findIndex(({ time }, index) => index > from && time >= (block + 1) * BLOCK_MS);
      const to = end === -1 ? rows.length : end;
      const built = this.#builder();
      for (let index = from; index < to; index += 1) {
        const row = rows[index];
        if (row !== undefined) built.add(row.time, row.ordinal, this.#coder.code(row));
      }
      this.#sql.insert.run(endpoint, block, seq, built.first, built.last, built.count, built.text());
      from = to;
    }
  }

  /** Leaves a block with fewer rows than before, or removes it. */
  replace({ key }: Block, rows: readonly PlacedRow[]): void {
    if (rows.length === 0) {
      this.#sql.remove.run(key);
      return;
    }
    const built = this.#builder();
    for (const row of rows) built.add(row.time, row.ordinal, row);
    this.#sql.replace.run(built.first, built.last, built.count, built.text(), key);
  }

  /** Blocks that may hold rows with first <= time <= last, in the order of their days. */
  within(endpoint: number, first: number, last: number): readonly Block[] {
    return this.#sql.within.all(endpoint, blockOf(first), blockOf(last), first, last).map(parsed);
  }

  /** Blocks that one entry wrote, in order. @param first the entry's first instant @param last its last one */
  ofEntry(endpoint: number, seq: number, first: number, last: number): readonly Block[] {
    return this.#sql.ofEntry.all(endpoint, blockOf(first), blockOf(last), seq).map(parsed);
  }

  /** The blocks of the newest day. */
  newest(endpoint: number): readonly Block[] {
    return this.#sql.newest.all(endpoint).map(parsed);
  }

  rows({ text }: Pick<Block, 'text'>): readonly PlacedRow[] {
    return blockRows(text, (id) => this.#shape(id));
  }

  /** Drops rows before an instant. @returns how many */
  prune(endpoint: number, beforeMs: number): number {
    const block = blockOf(beforeMs);
    const count = countOf(this.#sql.countBefore.get(endpoint, block));
    this.#sql.removeBefore.run(endpoint, block);
    return this.within(endpoint, block * BLOCK_MS, beforeMs - 1).reduce((sum, part) => sum + this.#pruneOne(part, beforeMs), count);
  }

  #pruneOne(block: Block, beforeMs: number): number {
    const rows = this.rows(block);
    const kept = rows.filter(({ time }) => time >= beforeMs);
    this.replace(block, kept);
    return rows.length - kept.length;
  }

  #builder(): BlockBuilder {
    return new BlockBuilder((shape) => this.#shapes.id(shape.text));
  }

  #shape(id: number): RowShape {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const shape = this.#coder.shape(this.#shapes.name(id));
    this.#byId.set(id, shape);
    return shape;
  }
}

function blockOf(ms: number): number {
  return Math.floor(ms / BLOCK_MS);
}

function countOf(row: SqlRow | null): number {
  return row === null ? 0 : column.integer(row, 'n');
}

function parsed(row: SqlRow): Block {
  return {
    key: column.integer(row, 'key'),
    seq: column.integer(row, 'seq'),
    first: column.integer(row, 'first_ms'),
    last: column.integer(row, 'last_ms'),
    text: column.text(row, 'rows'),
  };
}
