import { column } from './column';
import type { Database } from './database';
import type { Statement } from './statement';

/** Names that are written once and meant by a small number ever after: the tables `endpoint` and `shape`. */
export class Interned {
  readonly #ids = new Map<string, number>();
  readonly #names = new Map<number, string>();
  readonly #byName: Statement;
  readonly #byId: Statement;
  readonly #insert: Statement;

  constructor(database: Database, table: 'endpoint' | 'shape') {
    this.#byName = database.prepare(`SELECT id FROM ${table} WHERE name = ?`);
    this.#byId = database.prepare(`SELECT name FROM ${table} WHERE id = ?`);
    this.#insert = database.prepare(`INSERT INTO ${table} (name) VALUES (?)`);
    database.onRollback(() => {
      this.#ids.clear();
      this.#names.clear();
    });
  }

  /** The number of a name, null when it was never written. */
  find(name: string): number | null {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const row = this.#byName.get(name);
    return row === null ? null : this.#remember(column.integer(row, 'id'), name);
  }

  /** The number of a name, written now if need be; only inside a transaction. */
  id(name: string): number {
    return this.find(name) ?? this.#remember(this.#insert.run(name).key, name);
  }

  name(id: number): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const row = this.#byId.get(id);
    if (row === null) throw new TypeError(`There is no name ${id}.`);
    const name = column.text(row, 'name');
    this.#remember(id, name);
    return name;
  }

  #remember(id: number, name: string): number {
    this.#ids.set(name, id);
    this.#names.set(id, name);
    return id;
  }
}
