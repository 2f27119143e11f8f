/** One of Home Assistant's long-term statistics that comes from outside of it. */
export interface Statistic {
  /** `oura:<slug>_<metric key>` */
  readonly id: string;
  readonly name: string;
  readonly unit: string | null;
  /** mean: a value with its bounds · sum: what a period brought, and the sum of all periods so far */
  readonly kind: 'mean' | 'sum';
}

interface Mean {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

interface Sum {
  /** What the period itself brought. */
  readonly state: number;
  readonly sum: number;
}

/** One hour of a statistic. `start`: epoch ms, a whole UTC hour. */
export type StatisticRow = { readonly start: number } & (Mean | Sum);

/** One hour as Home Assistant tells it: what a row of its kind does not have is null or missing. */
export type ReadRow = { readonly start: number } & Readonly<Partial<Record<keyof Mean | keyof Sum, number | null | undefined>>>;
