import { readFileSync } from 'node:fs';

interface Line {
  readonly endpoint: string;
  readonly document?: Readonly<Record<string, unknown>>;
  readonly rows?: readonly unknown[];
  readonly setAside?: unknown;
}

/** An export as somebody else would read it: line by line, each a JSON value. */
export interface ReadExport {
  readonly head: Readonly<Record<string, unknown>>;
  readonly documents: Readonly<Record<string, readonly unknown[]>>;
  readonly rows: Readonly<Record<string, readonly unknown[]>>;
  readonly setAside: readonly unknown[];
}

export function readExport(file: string): ReadExport {
  const [first = '', ...rest] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const lines = rest.map((line) => JSON.parse(line) as Line);
  const documents: Record<string, unknown[]> = {};
  const rows: Record<string, unknown[]> = {};
  for (const line of lines) {
    if (line.document !== undefined) (documents[line.endpoint] ??= []).push({ endpoint: line.endpoint, ...line.document });
    if (line.rows !== undefined) (rows[line.endpoint] ??= []).push(...line.rows);
  }
  const head = JSON.parse(first) as Readonly<Record<string, unknown>>;
  return { head, documents, rows, setAside: lines.filter(({ setAside }) => setAside !== undefined) };
}
