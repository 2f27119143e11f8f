import type { SQLOutputValue } from 'node:sqlite';

/** A row as node:sqlite gives it: no prototype, columns by name. */
export type SqlRow = Readonly<Record<string, SQLOutputValue>>;

/** Readers of one column each. The tables are STRICT, so another type is a mistake of this package: TypeError. */
export const column = {
  text(row: SqlRow, name: string): string {
    const value = row[name];
    if (typeof value !== 'string') throw wrong(name, 'text');
    return value;
  },
  textOrNull(row: SqlRow, name: string): string | null {
    return row[name] === null ? null : column.text(row, name);
  },
  integer(row: SqlRow, name: string): number {
    const value = row[name];
    if (typeof value !== 'number') throw wrong(name, 'an integer');
    return value;
  },
  integerOrNull(row: SqlRow, name: string): number | null {
    return row[name] === null ? null : column.integer(row, name);
  },
  oneOf<T extends string>(row: SqlRow, name: string, options: readonly T[]): T {
    const option = options.find((candidate) => candidate === row[name]);
    if (option === undefined) throw wrong(name, `one of ${options.join(', ')}`);
    return option;
  },
} as const;

function wrong(name: string, expected: string): TypeError {
  return new TypeError(`Column ${name} does not hold ${expected}.`);
}
