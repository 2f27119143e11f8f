import { ENDPOINT_KEYS } from '../../catalogue/endpoints';
import { EVENT_KINDS, type EventQueue, type WaitingEvent, type WebhookEvent } from '../../ports/event-queue';
import { column, type SqlRow } from './column';
import type { Database } from './database';
import type { Statement } from './statement';

const ADD =
  'INSERT INTO event (endpoint, kind, id, at, received_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (endpoint, kind, id, at) DO NOTHING';

/** Waiting events in the SQLite file. */
export class SqliteEventQueue implements EventQueue {
  readonly #database: Database;
  readonly #sql: Readonly<Record<'add' | 'list' | 'count' | 'postpone' | 'remove', Statement>>;

  constructor(database: Database) {
    this.#database = database;
    this.#sql = {
      add: database.prepare(ADD),
      list: database.prepare('SELECT seq, endpoint, kind, id, at, received_at, tries, not_before FROM event ORDER BY seq'),
      count: database.prepare('SELECT count(*) AS n FROM event'),
      postpone: database.prepare('UPDATE event SET tries = tries + 1, not_before = ? WHERE seq = ?'),
      remove: database.prepare('DELETE FROM event WHERE seq = ?'),
    };
  }

  add({ endpoint, kind, id, at, receivedAt }: WebhookEvent): boolean {
    return this.#sql.add.run(endpoint, kind, id, at, receivedAt).changes > 0;
  }

  list(): readonly WaitingEvent[] {
    return this.#sql.list.all().map(eventOf);
  }

  count(): number {
    const row = this.#sql.count.get();
    return row === null ? 0 : column.integer(row, 'n');
  }

  postpone(seq: number, notBefore: number): void {
    this.#sql.postpone.run(notBefore, seq);
  }

  remove(seqs: readonly number[]): void {
    if (seqs.length === 0) return;
    this.#database.transaction(() => {
      for (const seq of seqs) this.#sql.remove.run(seq);
    });
  }
}

function eventOf(row: SqlRow): WaitingEvent {
  return {
    seq: column.integer(row, 'seq'),
    endpoint: column.oneOf(row, 'endpoint', ENDPOINT_KEYS),
    kind: column.oneOf(row, 'kind', EVENT_KINDS),
    id: column.text(row, 'id'),
    at: column.integer(row, 'at'),
    receivedAt: column.integer(row, 'received_at'),
    tries: column.integer(row, 'tries'),
    notBefore: column.integer(row, 'not_before'),
  };
}
