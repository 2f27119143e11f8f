import { OuraError } from '../errors/oura-error';

export const SELECTIONS = ['latest', 'day', 'range', 'id'] as const;
export type Selection = (typeof SELECTIONS)[number];

/** A checked question to the store. Days are inclusive local days. */
export type SourceQuery =
  | { readonly select: 'latest' }
  | { readonly select: 'range'; readonly from: string; readonly to: string; readonly single: boolean }
  | { readonly select: 'id'; readonly id: string };

/** What a source node's dialog holds. */
export interface SourceDefaults {
  readonly select?: unknown;
  readonly day?: unknown;
  readonly start?: unknown;
  readonly end?: unknown;
  readonly id?: unknown;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The question of an input message: `msg.oura.{select, day, start, end, id}` over what the dialog says; unknown keys are ignored.
 * `today` and `yesterday` and `-7` (days ago) are understood as days; an empty day is today.
 * @throws OuraError select_invalid, date_invalid, range_invalid, id_missing
 */
export function sourceQuery(
  defaults: SourceDefaults,
  oura: unknown,
  today: string,
  move: (day: string, days: number) => string,
): SourceQuery {
  const asked = typeof oura === 'object' && oura !== null ? (oura as SourceDefaults) : {}; // read key by key below
  const value = (key: keyof SourceDefaults): unknown => (isGiven(asked[key]) ? asked[key] : defaults[key]);
  const select = isGiven(asked.select) ? asked.select : implied(asked, value('select'));
  switch (select) {
    case 'latest':
      return { select };
    case 'day': {
      const day = toDay('day', value('day'), today, move);
      return { select: 'range', from: day, to: day, single: true };
    }
    case 'range': {
      const from = toDay('start', value('start'), today, move);
      const to = toDay('end', value('end'), today, move);
      if (from > to) throw new OuraError('range_invalid', { start: from, end: to });
      return { select, from, to, single: false };
    }
    case 'id': {
      const id = value('id');
      if (typeof id !== 'string' || id === '') throw new OuraError('id_missing');
      return { select, id };
    }
    default:
      throw new OuraError('select_invalid', { options: SELECTIONS.join(', ') });
  }
}

/** A message that names a day, a range or an id means that, without having to say `select` too. */
function implied(asked: SourceDefaults, select: unknown): unknown {
  if (isGiven(asked.id)) return 'id';
  if (isGiven(asked.start) || isGiven(asked.end)) return 'range';
  if (isGiven(asked.day)) return 'day';
  return isGiven(select) ? select : 'latest';
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function toDay(name: string, value: unknown, today: string, move: (day: string, days: number) => string): string {
  if (!isGiven(value) || value === 'today') return today;
  if (value === 'yesterday') return move(today, -1);
  const text = typeof value === 'number' ? value.toString() : value;
  if (typeof text !== 'string') throw new OuraError('date_invalid', { name });
  if (/^-\d{1,5}$/.test(text)) return move(today, Number(text));
  if (!isRealDay(text)) throw new OuraError('date_invalid', { name });
  return text;
}

/** A calendar day that exists, from 1970 on: `0024-11-11` is a slip of the pen, not a day of a ring. */
function isRealDay(text: string): boolean {
  const time = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return time >= 0 && new Date(time).toISOString().startsWith(text);
}
