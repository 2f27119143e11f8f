import type { Body } from '../ports/documents';
import type { IncomingRow } from '../ports/series';

/**
 * What stands under a key of a row, one letter each. All but `v` are constant or follow from the row's instant and cost nothing:
 * `z`/`Z` the instant as UTC text with `Z`, without and with three decimals · `o`/`O` the same with `+00:00` · `u` the instant as
 * epoch ms · `n` null · `t` true · `f` false · `v` any other value, taken from the row's values.
 */
type Kind = 'z' | 'Z' | 'o' | 'O' | 'u' | 'n' | 't' | 'f' | 'v';

/** Keys of a row in their order, each with what stands there. */
export type RowShape = readonly (readonly [key: string, kind: Kind])[];

export interface CodedRow {
  /** A RowShape as JSON. */
  readonly shape: string;
  /** The values of kind `v` in the order of their keys, as a JSON array. */
  readonly vals: string;
}

/** Takes a row apart into what it shares with others and its own values; `rowBody` puts it together again, exactly. */
export function codedRow({ time, body }: IncomingRow): CodedRow {
  const shape: [string, Kind][] = [];
  const values: unknown[] = [];
  for (const key of Object.keys(body)) {
    const value = body[key];
    if (value === undefined) continue; // no JSON value
    const kind = kindOf(value, time);
    shape.push([key, kind]);
    if (kind === 'v') values.push(value);
  }
  return { shape: JSON.stringify(shape), vals: JSON.stringify(values) };
}

/** The body of a row from its instant, its shape and its values. */
export function rowBody(time: number, shape: RowShape, vals: string): Body {
  const values = JSON.parse(vals) as readonly unknown[]; // written by `codedRow`
  const iso = shape.some(([, kind]) => kind in TIME_TEXTS) ? new Date(time).toISOString() : '';
  let next = 0;
  const valueOf = (kind: Kind): unknown => (kind === 'v' ? values[next++] : derived(kind, time, iso));
  return Object.fromEntries(shape.map(([key, kind]) => [key, valueOf(kind)])); // unlike assigning, right for `__proto__` too
}

const TIME_TEXTS = {
  z: (iso: string): string => `${iso.slice(0, -5)}Z`,
  Z: (iso: string): string => iso,
  o: (iso: string): string => `${iso.slice(0, -5)}+00:00`,
  O: (iso: string): string => `${iso.slice(0, -1)}+00:00`,
} as const;

function derived(kind: Exclude<Kind, 'v'>, time: number, iso: string): unknown {
  switch (kind) {
    case 'u':
      return time;
    case 'n':
      return null;
    case 't':
      return true;
    case 'f':
      return false;
    default:
      return TIME_TEXTS[kind](iso);
  }
}

function kindOf(value: unknown, time: number): Kind {
  if (value === null) return 'n';
  if (value === true) return 't';
  if (value === false) return 'f';
  if (value === time) return 'u';
  return typeof value === 'string' ? kindOfText(value, time) : 'v';
}

const SHORTEST = '2026-01-01T00:00:00Z'.length;
const MAX_DATE_MS = 8.64e15; // ECMA-262: the range of Date

function kindOfText(text: string, time: number): Kind {
  if (text.length < SHORTEST || Math.abs(time) > MAX_DATE_MS) return 'v';
  const iso = new Date(time).toISOString();
  if (text === TIME_TEXTS.Z(iso)) return 'Z';
  if (text === TIME_TEXTS.O(iso)) return 'O';
  if (text === TIME_TEXTS.z(iso)) return 'z';
  return text === TIME_TEXTS.o(iso) ? 'o' : 'v';
}
