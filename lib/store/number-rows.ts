import type { IncomingRow } from '../ports/series';

export type NumberedRow = IncomingRow & { readonly ordinal: number };

/** Gives rows of the same instant the ordinals 0, 1, 2 … in the order delivered, and orders all by instant. */
export function numberRows(rows: readonly IncomingRow[]): readonly NumberedRow[] {
  let before = -Infinity;
  let ordinal = 0;
  return ascending(rows).map(({ time, body }) => {
    ordinal = time === before ? ordinal + 1 : 0;
    before = time;
    return { time, ordinal, body };
  });
}

/** Stable, so that rows of one instant stay in order. */
function ascending(rows: readonly IncomingRow[]): readonly IncomingRow[] {
  const isAscending = rows.every(({ time }, index) => time >= (rows[index - 1]?.time ?? -Infinity));
  return isAscending ? rows : rows.toSorted((a, b) => a.time - b.time);
}
