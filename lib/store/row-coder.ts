import type { IncomingRow } from '../ports/series';
import { IsoReader } from './iso-reader';
import { parseShape, TIME_TEXTS, type CodedRow, type Kind, type RowShape } from './row-shape';

const SHORTEST = '2026-01-01T00:00:00Z'.length;
const MAX_DATE_MS = 8.64e15; // ECMA-262: the range of Date

/** Takes rows apart; `rowBody` puts them together again. Rows of the same shape share one object for it. */
export class RowCoder {
  readonly #shapes = new Map<string, RowShape>();
  readonly #iso = new IsoReader();
  #last: RowShape | null = null;

  code(row: IncomingRow): CodedRow {
    return this.#like(this.#last, row) ?? this.#anew(row);
  }

  /** The shape that a text stands for. */
  shape(text: string): RowShape {
    const known = this.#shapes.get(text);
    if (known !== undefined) return known;
    const shape = parseShape(text);
    this.#shapes.set(text, shape);
    return shape;
  }

  /** Most rows are like the one before. */
  #like(shape: RowShape | null, { time, body }: IncomingRow): CodedRow | null {
    if (shape === null) return null;
    const keys = Object.keys(body);
    if (keys.length !== shape.fields.length) return null;
    const values: unknown[] = [];
    let index = 0;
    for (const [key, kind] of shape.fields) {
      const value = body[key];
      if (keys[index] !== key || value === undefined || this.#kindOf(value, time) !== kind) return null;
      if (kind === 'v') values.push(value);
      index += 1;
    }
    return { shape, values };
  }

  #anew({ time, body }: IncomingRow): CodedRow {
    const fields: (readonly [string, Kind])[] = [];
    const values: unknown[] = [];
    for (const key of Object.keys(body)) {
      const value = body[key];
      if (value === undefined) continue; // no JSON value
      const kind = this.#kindOf(value, time);
      fields.push([key, kind]);
      if (kind === 'v') values.push(value);
    }
    this.#last = this.shape(JSON.stringify(fields));
    return { shape: this.#last, values };
  }

  #kindOf(value: unknown, time: number): Kind {
    if (typeof value === 'string') return value.length < SHORTEST ? 'v' : this.#kindOfText(value, time);
    if (value === time) return 'u';
    if (value === null) return 'n';
    if (value === true) return 't';
    return value === false ? 'f' : 'v';
  }

  #kindOfText(text: string, time: number): Kind {
    if (this.#iso.spells(text, time)) return 'Z';
    if (Math.abs(time) > MAX_DATE_MS) return 'v';
    const iso = new Date(time).toISOString();
    if (text === TIME_TEXTS.Z(iso)) return 'Z';
    if (text === TIME_TEXTS.O(iso)) return 'O';
    if (text === TIME_TEXTS.z(iso)) return 'z';
    return text === TIME_TEXTS.o(iso) ? 'o' : 'v';
  }
}
