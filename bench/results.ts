/** One measured figure. */
export interface Figure {
  /** Never changes, so that figures of different versions can be compared. */
  readonly key: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it shall at most be, in the same unit; null = no bound is set. */
  readonly aim: number | null;
}

/** The content of `bench/results.json`. */
export interface Results {
  /** Day of the run, `YYYY-MM-DD`. */
  readonly date: string;
  readonly node: string;
  readonly figures: readonly Figure[];
}
