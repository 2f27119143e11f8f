import { statSync } from 'node:fs';
import type * as Sqlite from 'node:sqlite';
import { column } from './column';
import { Statement } from './statement';
import { storeError } from './store-error';

/** What is in a database that nobody has open. */
export interface StoreCounts {
  readonly documents: number;
  readonly newestDay: string | null;
  readonly sizeBytes: number;
}

/**
 * Looks into a person's database without changing it, whatever its schema.
 * @returns null when there is no such file
 * @throws OuraError `store_unavailable`
 */
export function readCounts(file: string): StoreCounts | null {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? null;
  if (size === null) return null;
  const database = open(file);
  try {
    const row = database.count.get();
    const documents = row === null ? 0 : column.integer(row, 'n');
    return { documents, newestDay: row === null ? null : column.textOrNull(row, 'day'), sizeBytes: size };
  } finally {
    database.close();
  }
}

function open(file: string): { readonly count: Statement; readonly close: () => void } {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only when it is needed: Node.js before 22.13 has none
    const sqlite = require('node:sqlite') as typeof Sqlite; // `require` knows no types
    const database = new sqlite.DatabaseSync(file, { readOnly: true });
    const count = new Statement(database.prepare('SELECT count(*) AS n, max(day) AS day FROM document'));
    return {
      count,
      close: () => {
        database.close();
      },
    };
  } catch (cause) {
    throw storeError(cause);
  }
}
