import type { Made } from './ledger';

/** Whether two entries speak of the same entity. */
export function sameMade(a: Made, b: Made): boolean {
  return (
    a.transport === b.transport &&
    a.place === b.place &&
    a.prefix === b.prefix &&
    a.slug === b.slug &&
    a.component === b.component &&
    a.key === b.key
  );
}
