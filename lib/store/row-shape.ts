import type { Body } from '../ports/documents';

/**
 * What stands under a key of a row, one letter each. All but `v` are constant or follow from the row's instant and cost nothing:
 * `z`/`Z` the instant as UTC text with `Z`, without and with three decimals · `o`/`O` the same with `+00:00` · `u` the instant as
 * epoch ms · `n` null · `t` true · `f` false · `v` any other value, taken from the row's values.
 */
export type Kind = keyof typeof TIME_TEXTS | 'u' | 'n' | 't' | 'f' | 'v';

/** What rows with the same keys in the same order have in common. */
export interface RowShape {
  /** The fields as JSON: equal for equal shapes. */
  readonly text: string;
  /** Keys of a row in their order, each with what stands there. */
  readonly fields: readonly (readonly [key: string, kind: Kind])[];
  /** How many values of its own a row has. */
  readonly values: number;
}

/** A row taken apart by a RowCoder: what it shares with others, and its own values in the order of their keys. */
export interface CodedRow {
  readonly shape: RowShape;
  readonly values: readonly unknown[];
}

/** The instant of a row as text, from `toISOString`. */
export const TIME_TEXTS = {
  z: (iso: string): string => `${iso.slice(0, -5)}Z`,
  Z: (iso: string): string => iso,
  o: (iso: string): string => `${iso.slice(0, -5)}+00:00`,
  O: (iso: string): string => `${iso.slice(0, -1)}+00:00`,
} as const;

/** A shape from its text. @param text what a RowCoder made */
export function parseShape(text: string): RowShape {
  const fields = JSON.parse(text) as RowShape['fields']; // written by a RowCoder
  return { text, fields, values: fields.filter(([, kind]) => kind === 'v').length };
}

/**
 * The body of a row, put together again exactly as it came.
 * @param isoOf what `toISOString` gives, for whoever knows a quicker way
 */
export function rowBody(time: number, { shape, values }: CodedRow, isoOf = (ms: number): string => new Date(ms).toISOString()): Body {
  const body: Record<string, unknown> = {};
  let next = 0;
  for (const [key, kind] of shape.fields) {
    const value = kind === 'v' ? values[next++] : derived(kind, time, isoOf);
    if (key !== '__proto__') body[key] = value;
    else Object.defineProperty(body, key, { value, writable: true, enumerable: true, configurable: true }); // assigning is something else
  }
  return body;
}

function derived(kind: Exclude<Kind, 'v'>, time: number, isoOf: (ms: number) => string): unknown {
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
      return TIME_TEXTS[kind](isoOf(time));
  }
}
