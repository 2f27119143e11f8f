import type { Endpoint } from '../catalogue/endpoint';
import type { Body } from '../ports/documents';

/** The item with the latest start (or day, for an endpoint without start); of equal ones the last; null when there is none. */
export function newestOf({ start, day }: Endpoint, items: readonly Body[]): Body | null {
  const field = start ?? day;
  if (field === null) return items.at(-1) ?? null;
  return items.reduce<Body | null>(
    (newest, item) => (newest === null || momentOf(item, field) >= momentOf(newest, field) ? item : newest),
    null,
  );
}

function momentOf(item: Body, field: string): number {
  const moment = Date.parse(String(item[field]));
  return Number.isNaN(moment) ? -Infinity : moment;
}
