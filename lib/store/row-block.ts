import type { CodedRow, RowShape } from './row-shape';

/** A coded row with its place in the series. */
export interface PlacedRow extends CodedRow {
  /** epoch ms */
  readonly time: number;
  /** 0 for the first row of an instant, 1 for the next one … */
  readonly ordinal: number;
}

/** What the text of a block says, column by column, so that it is short and quick to read. */
interface Columns {
  /** Runs of rows with one shape: its number, how many rows, and so on. */
  readonly shapes: readonly number[];
  /** The first instant, then how much later each row is than the one before it. */
  readonly times: readonly number[];
  /** Rows whose ordinal is not 0: index, ordinal, and so on. */
  readonly ordinals: readonly number[];
  /** All rows' own values, one after the other. */
  readonly values: readonly unknown[];
}

/** Makes the text of one block, row by row in the order of instant and ordinal. */
export class BlockBuilder {
  readonly #columns = {
    shapes: [] as number[],
    times: [] as number[],
    ordinals: [] as number[],
    values: [] as unknown[],
  } satisfies Columns;
  readonly #idOf: (shape: RowShape) => number;
  #shape: RowShape | null = null;
  #first = 0;
  #last = 0;

  /** @param idOf the number that stands for a shape */
  constructor(idOf: (shape: RowShape) => number) {
    this.#idOf = idOf;
  }

  get first(): number {
    return this.#first;
  }

  get last(): number {
    return this.#last;
  }

  get count(): number {
    return this.#columns.times.length;
  }

  /** @param coded what the row is made of */
  add(time: number, ordinal: number, { shape, values }: CodedRow): void {
    const { shapes, times, ordinals, values: all } = this.#columns;
    if (shape === this.#shape) shapes[shapes.length - 1] = (shapes.at(-1) ?? 0) + 1;
    else shapes.push(this.#idOf(shape), 1);
    this.#shape = shape;
    if (times.length === 0) this.#first = time;
    times.push(time - this.#last);
    this.#last = time;
    if (ordinal > 0) ordinals.push(times.length - 1, ordinal);
    for (const value of values) all.push(value);
  }

  text(): string {
    return JSON.stringify(this.#columns);
  }
}

/** The rows of a block, in order. @param shapeOf the shape that a number stands for */
export function blockRows(text: string, shapeOf: (id: number) => RowShape): readonly PlacedRow[] {
  const { shapes, times, ordinals, values } = JSON.parse(text) as Columns; // written by a BlockBuilder
  const rows: PlacedRow[] = [];
  const ordinalAt = new Map(pairs(ordinals));
  let time = 0;
  let from = 0;
  for (const [id, count] of pairs(shapes)) {
    const shape = shapeOf(id);
    for (let left = count; left > 0; left -= 1) {
      time += times[rows.length] ?? 0;
      rows.push({ time, ordinal: ordinalAt.get(rows.length) ?? 0, shape, values: values.slice(from, from + shape.values) });
      from += shape.values;
    }
  }
  return rows;
}

function pairs(list: readonly number[]): readonly (readonly [number, number])[] {
  return Array.from({ length: list.length / 2 }, (_, index) => [list[2 * index] ?? 0, list[2 * index + 1] ?? 0] as const);
}
