import type { SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqlRow } from './column';
import { storeError } from './store-error';

/** One prepared statement. Every method throws OuraError `store_unavailable` when the disk or the file refuses. */
export class Statement {
  readonly #statement: StatementSync;

  constructor(statement: StatementSync) {
    this.#statement = statement;
  }

  get(...values: readonly SQLInputValue[]): SqlRow | null {
    try {
      return this.#statement.get(...values) ?? null;
    } catch (cause) {
      throw storeError(cause);
    }
  }

  all(...values: readonly SQLInputValue[]): readonly SqlRow[] {
    try {
      return this.#statement.all(...values);
    } catch (cause) {
      throw storeError(cause);
    }
  }

  /** @returns rows written or removed, and the key of the last one inserted */
  run(...values: readonly SQLInputValue[]): { readonly changes: number; readonly key: number } {
    try {
      const { changes, lastInsertRowid } = this.#statement.run(...values);
      return { changes: Number(changes), key: Number(lastInsertRowid) };
    } catch (cause) {
      throw storeError(cause);
    }
  }
}
