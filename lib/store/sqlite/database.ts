import { closeSync, openSync } from 'node:fs';
import type * as Sqlite from 'node:sqlite';
import { OuraError } from '../../errors/oura-error';
import { Statement } from './statement';
import { storeError } from './store-error';

/** How long a writer waits for another one of the same file, ms. The event loop waits too. */
const BUSY_TIMEOUT_MS = 2000;

/** The write-ahead file is cut to this size after it was emptied, bytes. */
const JOURNAL_MAX_BYTES = 4 * 1024 * 1024;

/**
 * Pages in the write-ahead file before they go to the file proper, which makes everybody wait for the disk (20 to 200 ms measured on slow
 * ones): a thousand events of webhooks, three pages each, are answered without such a wait.
 */
const CHECKPOINT_PAGES = 4000;

const WRITE_AHEAD_TRIES = 5;

export interface DatabaseOptions {
  /** Most pages (of 4096 bytes) the file may have; without it as many as the disk holds. */
  readonly maxPages?: number;
}

/** One SQLite file. Throws OuraError `store_unavailable` wherever the machine, the disk or the file refuses. */
export class Database {
  readonly #database: Sqlite.DatabaseSync;
  readonly #onRollback: (() => void)[] = [];
  #isOpen = true;

  /** Opens the file, made with mode 0600 when there is none. */
  constructor(file: string, { maxPages }: DatabaseOptions) {
    this.#database = open(file);
    try {
      this.execute(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
      this.#useWriteAhead();
      this.execute('PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
      this.execute(`PRAGMA journal_size_limit = ${JOURNAL_MAX_BYTES}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      if (maxPages !== undefined) this.execute(`PRAGMA max_page_count = ${maxPages}`);
    } catch (cause) {
      this.close();
      throw cause;
    }
  }

  execute(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (cause) {
      throw storeError(cause);
    }
  }

  prepare(sql: string): Statement {
    try {
      return new Statement(this.#database.prepare(sql));
    } catch (cause) {
      throw storeError(cause);
    }
  }

  /** Work as one transaction, taken for writing from the start: all of it is in the file afterwards or, when it throws, nothing. */
  transaction<T>(work: () => T): T {
    this.execute('BEGIN IMMEDIATE');
    let isCommitted = false;
    try {
      const result = work();
      this.execute('COMMIT');
      isCommitted = true;
      return result;
    } finally {
      if (!isCommitted) this.#rollback();
    }
  }

  /** @param forget called after a rollback, so that nothing learned inside the transaction is kept */
  onRollback(forget: () => void): void {
    this.#onRollback.push(forget);
  }

  /** Calling it twice is harmless. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#database.close();
  }

  /** SQLite does not wait when two programs switch a new file at once: wait for the other one's lock, then try again. */
  #useWriteAhead(): void {
    for (let tries = WRITE_AHEAD_TRIES; ; tries -= 1) {
      try {
        this.execute('PRAGMA journal_mode = WAL');
        return;
      } catch (cause) {
        if (tries === 1 || !(cause instanceof OuraError) || cause.params['reason'] !== 'SQLITE_BUSY') throw cause;
        this.execute('BEGIN IMMEDIATE; ROLLBACK');
      }
    }
  }

  #rollback(): void {
    for (const forget of this.#onRollback) forget();
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full; the error that led here is the one to tell
    }
  }
}

function open(file: string): Sqlite.DatabaseSync {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only when it is needed: Node.js before 22.13 has none
    const sqlite = require('node:sqlite') as typeof Sqlite; // `require` knows no types
    closeSync(openSync(file, 'a', 0o600)); // SQLite itself would make it readable for others
    return new sqlite.DatabaseSync(file);
  } catch (cause) {
    throw storeError(cause);
  }
}
