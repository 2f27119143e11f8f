import { OuraError } from '../errors/oura-error';
import type { RefreshRequest } from '../sync/refresh';
import { sourceQuery } from './source-query';

/** What a refresh node's dialog holds. */
export interface RefreshDefaults {
  readonly range?: unknown;
  readonly start?: unknown;
  readonly end?: unknown;
}

/** What an input message orders. */
export type RefreshOrder =
  { readonly kind: 'read'; readonly request: RefreshRequest } | { readonly kind: 'stop' | 'resume' | 'next_morning' };

/**
 * The order of an input message: `msg.oura.{families, start, end, all, stop, resume, nextMorning}` over what the dialog says.
 * @throws OuraError date_invalid, range_invalid, family_unknown
 */
export function refreshOrder(
  defaults: RefreshDefaults,
  oura: unknown,
  today: string,
  move: (day: string, days: number) => string,
): RefreshOrder {
  const asked = typeof oura === 'object' && oura !== null ? (oura as Readonly<Record<string, unknown>>) : {}; // read key by key below
  if (asked['stop'] === true) return { kind: 'stop' };
  if (asked['resume'] === true) return { kind: 'resume' };
  if (asked['nextMorning'] === true) return { kind: 'next_morning' };
  const families = familiesOf(asked['families']);
  const namesDays = asked['start'] !== undefined || asked['end'] !== undefined;
  if (asked['all'] === true || (defaults.range === 'all' && !namesDays)) return { kind: 'read', request: { families, range: 'all' } };
  if (!namesDays && defaults.range !== 'days') return { kind: 'read', request: { families, range: 'recent' } };
  const query = sourceQuery(
    { start: defaults.start, end: defaults.end },
    { select: 'range', start: asked['start'], end: asked['end'] },
    today,
    move,
  );
  if (query.select !== 'range') throw new OuraError('unexpected', { reason: 'a range that is none' });
  return { kind: 'read', request: { families, range: { from: query.from, to: query.to } } };
}

function familiesOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((family) => {
    if (typeof family !== 'string') throw new OuraError('family_unknown', { family: typeof family });
    return family;
  });
}
