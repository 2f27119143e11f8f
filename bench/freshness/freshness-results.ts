import type { Figure } from '../results';
import type { ByOracle, Curves } from './curve';
import type { Measured, Requests } from './measure';
import type { StrategyKey } from './options';
import type { Delays } from './quantiles';

/** The content of `bench/freshness-results.json`. */
export interface FreshnessResults {
  /** Day of the run, `YYYY-MM-DD`. */
  readonly date: string;
  readonly node: string;
  /** Simulated days that count, and days of learning before them. */
  readonly days: number;
  readonly warmUp: number;
  readonly figures: readonly Figure[];
  readonly rows: readonly ResultRow[];
  /** Delays by family of the person with regular days. */
  readonly families: Readonly<Record<string, Measured['byFamily']>>;
  /** The oracles by person. */
  readonly curves: Readonly<Record<string, Curves>>;
}

/** One strategy with one person. Delays in minutes. */
export interface ResultRow {
  readonly person: string;
  readonly strategy: Exclude<StrategyKey, 'oracle'>;
  readonly requests: Requests;
  readonly waking: Delays;
  readonly all: Delays;
  readonly afterEvent: Delays;
  readonly never: number;
  readonly learning: Measured['learning'];
  readonly outage: Measured['outage'];
  readonly silence: Measured['silence'];
  /** Requests a day each oracle needs for the same waking delay; null = beyond the ends of its curve. */
  readonly oracle: ByOracle<{ readonly p50: number | null; readonly mean: number | null }>;
}
