import type { ReadRow, StatisticRow } from '../home/statistics/statistic';

/** What differs between what should be there and what is. */
export interface Difference {
  /** Rows that are missing or have other values. */
  readonly toSend: readonly StatisticRow[];
  /** Hours that should not be there. */
  readonly surplus: readonly number[];
}

/** Databases keep the numbers as they came; one part in a billion allows for those that do not quite. */
const TOLERANCE = 1e-9;

/** Compares rows with those that Home Assistant has of the same span. */
export function compareRows(wanted: readonly StatisticRow[], there: readonly ReadRow[]): Difference {
  const byStart = new Map(there.map((row) => [row.start, row]));
  const starts = new Set(wanted.map(({ start }) => start));
  return {
    toSend: wanted.filter((row) => !isSame(row, byStart.get(row.start))),
    surplus: there.map(({ start }) => start).filter((start) => !starts.has(start)),
  };
}

function isSame(wanted: StatisticRow, there: ReadRow | undefined): boolean {
  if (there === undefined) return false;
  const values: readonly (readonly [string, number])[] = Object.entries(wanted);
  return values.every(([key, value]) => {
    const known = there[key as keyof ReadRow]; // the keys of a wanted row are among those of a read one
    return typeof known === 'number' && Math.abs(known - value) <= TOLERANCE * Math.max(1, Math.abs(value));
  });
}
