import type { IncomingRow } from '../ports/series';

export type NumberedRow = IncomingRow & { readonly ordinal: number };

/** Gives rows of the same instant the ordinals 0, 1, 2 … in the order delivered, and orders all by instant. */
export function numberRows(rows: readonly IncomingRow[]): readonly NumberedRow[] {
  const seen = new Map<number, number>();
  const numbered = rows.map(({ time, body }) => {
    const ordinal = seen.get(time) ?? 0;
    seen.set(time, ordinal + 1);
    return { time, ordinal, body };
  });
  return numbered.toSorted((a, b) => a.time - b.time); // stable, so ordinals stay in order
}
