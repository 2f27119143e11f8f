import type { Change, ChangeKind, ChangeLog, ChangeQuery } from '../../ports/change-log';
import type { Via } from '../../ports/documents';
import type { ChangeSink, NewChange } from '../change-sink';
import { parseBody } from '../parse-body';
import type { ReaderCursor } from '../reader-cursor';
import { column, type SqlRow } from './column';
import type { Database } from './database';
import type { Interned } from './interned';
import type { Statement } from './statement';

const KINDS: readonly ChangeKind[] = ['created', 'updated', 'deleted'];
const VIAS: readonly Via[] = ['poll', 'webhook', 'reconcile', 'backfill', 'store'];

const COLUMNS = `c.seq, c.endpoint, c.kind, c.id, c.day, c.historic, c.via, c.at, c.previous,
  CASE WHEN c.kind <> 'deleted' AND c.document IS NOT NULL THEN coalesce(
    (SELECT n.previous FROM change AS n WHERE n.document = c.document AND n.seq > c.seq ORDER BY n.seq LIMIT 1),
    (SELECT d.body FROM document AS d WHERE d.key = c.document)
  ) END AS body`;

const INSERT = `INSERT INTO change (endpoint, kind, document, id, day, first_ms, last_ms, historic, via, at, previous)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

// The body of an entry is in a later one of its document, so that one stays as long as an entry before it, even if a clock was set back.
const PRUNE = `DELETE FROM change WHERE at < ?1 AND NOT EXISTS (
  SELECT 1 FROM change AS e WHERE e.document = change.document AND e.seq < change.seq AND e.at >= ?1)`;

const ADVANCE = `INSERT INTO cursor (reader, seq, at) VALUES (?, ?, ?)
  ON CONFLICT (reader) DO UPDATE SET seq = max(seq, excluded.seq), at = excluded.at`;

type Reads = 'all' | 'live' | 'ofEndpoint' | 'liveOfEndpoint';

/** The change log in the SQLite file. */
export class SqliteChangeLog implements ChangeLog, ChangeSink {
  readonly #database: Database;
  readonly #endpoints: Interned;
  readonly #sql: Readonly<Record<Reads | 'head' | 'insert' | 'cursor' | 'cursors' | 'advance' | 'prune' | 'pruneCursors', Statement>>;

  constructor(database: Database, endpoints: Interned) {
    const select = (index: string, where: string): Statement =>
      database.prepare(`SELECT ${COLUMNS} FROM change AS c ${index} WHERE c.seq > ? ${where} ORDER BY c.seq LIMIT ?`);
    this.#database = database;
    this.#endpoints = endpoints;
    this.#sql = {
      all: select('', ''),
      live: select('INDEXED BY change_live', 'AND c.historic = 0'),
      ofEndpoint: select('INDEXED BY change_endpoint', 'AND c.endpoint = ?'),
      liveOfEndpoint: select('INDEXED BY change_live', 'AND c.historic = 0 AND c.endpoint = ?'),
      head: database.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'change'`),
      insert: database.prepare(INSERT),
      cursor: database.prepare('SELECT seq FROM cursor WHERE reader = ?'),
      cursors: database.prepare('SELECT reader, seq, at FROM cursor ORDER BY reader'),
      advance: database.prepare(ADVANCE),
      prune: database.prepare(PRUNE),
      pruneCursors: database.prepare('DELETE FROM cursor WHERE at < ?'),
    };
  }

  append({ endpoint, kind, document, previous, rows, context }: NewChange): number {
    const { historic, via, at } = context;
    const of = [document?.key ?? null, document?.id ?? null, document?.day ?? null, rows?.first ?? null, rows?.last ?? null] as const;
    return this.#sql.insert.run(this.#endpoints.id(endpoint), kind, ...of, Number(historic), via, at, previous).key;
  }

  head(): number {
    const row = this.#sql.head.get();
    return row === null ? 0 : column.integer(row, 'seq');
  }

  read({ after, limit, endpoint, historic }: ChangeQuery): readonly Change[] {
    const isLive = historic === false;
    if (endpoint === undefined) return this.#changes(isLive ? this.#sql.live : this.#sql.all, after, limit);
    const endpointId = this.#endpoints.find(endpoint);
    if (endpointId === null) return [];
    return this.#changes(isLive ? this.#sql.liveOfEndpoint : this.#sql.ofEndpoint, after, endpointId, limit);
  }

  cursor(reader: string): number | null {
    const row = this.#sql.cursor.get(reader);
    return row === null ? null : column.integer(row, 'seq');
  }

  /** Never goes back. */
  advance(reader: string, seq: number, at: number): void {
    this.#database.transaction(() => this.#sql.advance.run(reader, seq, at));
  }

  prune(before: number): number {
    return this.#database.transaction(() => {
      this.#sql.pruneCursors.run(before);
      return this.#sql.prune.run(before).changes;
    });
  }

  /** All readers. */
  cursors(): readonly ReaderCursor[] {
    return this.#sql.cursors.all().map((row) => ({
      reader: column.text(row, 'reader'),
      seq: column.integer(row, 'seq'),
      at: column.integer(row, 'at'),
    }));
  }

  #changes(statement: Statement, ...values: readonly number[]): readonly Change[] {
    return statement.all(...values).map((row) => parsed(row, this.#endpoints));
  }
}

function parsed(row: SqlRow, endpoints: Interned): Change {
  return {
    seq: column.integer(row, 'seq'),
    endpoint: endpoints.name(column.integer(row, 'endpoint')),
    kind: column.oneOf(row, 'kind', KINDS),
    id: column.textOrNull(row, 'id'),
    day: column.textOrNull(row, 'day'),
    body: bodyOrNull(column.textOrNull(row, 'body')),
    previous: bodyOrNull(column.textOrNull(row, 'previous')),
    historic: column.integer(row, 'historic') === 1,
    via: column.oneOf(row, 'via', VIAS),
    at: column.integer(row, 'at'),
  };
}

function bodyOrNull(text: string | null): Change['body'] {
  return text === null ? null : parseBody(text);
}
