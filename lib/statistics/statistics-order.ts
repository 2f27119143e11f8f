import { sourceQuery } from '../sources/source-query';
import { addDays } from '../sync/local-day';
import type { RunOptions } from './import-run';

/** What an input message orders. */
export type StatisticsOrder = { readonly kind: 'stop' | 'remove' } | { readonly kind: 'import'; readonly again: RunOptions['again'] };

/**
 * The order of an input message: `msg.oura.{stop, remove, start, end}`; any other one asks for an import. Days that are named are compared
 * with Home Assistant whether or not they changed; without an end up to today.
 * @throws OuraError date_invalid, range_invalid
 */
export function statisticsOrder(oura: unknown, today: string): StatisticsOrder {
  const asked = typeof oura === 'object' && oura !== null ? (oura as Readonly<Record<string, unknown>>) : {}; // read key by key below
  if (asked['remove'] === true) return { kind: 'remove' };
  if (asked['stop'] === true) return { kind: 'stop' };
  const { start, end } = asked;
  if ((start ?? end ?? null) === null) return { kind: 'import', again: null };
  const query = sourceQuery({}, { select: 'range', start: start ?? FIRST, end }, today, addDays);
  return { kind: 'import', again: query.select === 'range' ? { from: query.from, to: query.to } : null };
}

/** Before any day of a ring. */
const FIRST = '2000-01-01';
