import type { Endpoint } from '../../catalogue/endpoint';
import { detail, type Answer } from './answer';
import { parseMoment } from './parse-moment';
import { validationError, type ValidationItem } from './validation-error';
import { Zone } from './zone';

const DAY_MS = 86_400_000;
const UTC = new Zone('UTC'); // making one takes longer than answering a request
/** Longest range of heart rate in one request (an open-source client's measurement of 2026; the specification names none). */
const HEARTRATE_RANGE_MS = 30 * DAY_MS;

/** Both ends belong to it: a record is answered when fromMs <= its anchor <= toMs. */
export interface Bounds {
  readonly fromMs: number;
  readonly toMs: number;
}

export type WindowAnswer = { readonly bounds: Bounds; readonly refused: null } | { readonly bounds: null; readonly refused: Answer };

/**
 * The window a request asks for. One rule explains most of what was measured: a date means its 00:00, and both ends count. So an end date
 * keeps the dailies of that day (00:00) and loses its activity (04:00), its sleep and its workouts. Dates are the person's local ones, for
 * families found by UTC start those of UTC. Without parameters: yesterday to today, for series the last 24 hours.
 */
export function windowOf(row: Endpoint, query: URLSearchParams, zone: Zone, now: number): WindowAnswer {
  const { params, anchor } = row.window;
  if (params === 'none') return { bounds: { fromMs: Number.MIN_SAFE_INTEGER, toMs: now }, refused: null };
  const [startName, endName] = params === 'date' ? (['start_date', 'end_date'] as const) : (['start_datetime', 'end_datetime'] as const);
  const [start, end] = [query.get(startName), query.get(endName)];
  const written = anchor === 'utc_start' ? UTC : zone;
  const from = start === null ? null : parseMoment(start, written);
  const to = end === null ? null : parseMoment(end, written);
  const items = [
    ...(start !== null && from === null ? unreadable(startName, start, params) : []),
    ...(end !== null && to === null ? unreadable(endName, end, params) : []),
  ];
  if (items.length > 0) return { bounds: null, refused: validationError(items) };
  const toMs = to?.ms ?? (params === 'date' ? written.startOf(written.dayOf(now)) : now);
  const fromMs = from?.ms ?? (params === 'date' ? written.startOf(written.dayOf(toMs - 1)) : toMs - DAY_MS);
  if (from !== null && to !== null && fromMs > toMs) return { bounds: null, refused: reversed(startName, endName, start) };
  if (row.path === 'heartrate' && toMs - fromMs > HEARTRATE_RANGE_MS)
    return { bounds: null, refused: detail(400, 'The time range must not exceed 30 days.') };
  return { bounds: { fromMs, toMs }, refused: null };
}

/** pydantic tries each type of the parameter and lists all failures: date-time first, then date. */
function unreadable(name: string, input: string, params: 'date' | 'datetime'): readonly ValidationItem[] {
  const error = input.length < 10 ? 'input is too short' : 'invalid character or extra characters in the input';
  const item = (type: string, kind: string, expected: string): ValidationItem => ({
    type,
    loc: params === 'date' ? ['query', name, kind] : ['query', name],
    msg: `Input should be a valid ${expected}, ${error}`,
    input,
    ctx: { error },
  });
  const first = item('datetime_from_date_parsing', 'datetime', 'datetime or date');
  return params === 'date' ? [first, item('date_from_datetime_parsing', 'date', 'date or datetime')] : [first];
}

/** Known only from a third party's hand-written fixture. */
function reversed(startName: string, endName: string, input: string | null): Answer {
  return validationError([{ type: 'value_error', loc: ['query', startName], msg: `${startName} must not be after ${endName}`, input }]);
}
