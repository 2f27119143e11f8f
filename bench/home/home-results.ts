import type { Figure } from '../results';

/** The content of `bench/home-results.json`. */
export interface HomeResults {
  /** Day of the run, `YYYY-MM-DD`. */
  readonly date: string;
  readonly machine: {
    readonly processors: number;
    readonly memoryGiB: number;
    /** Average number of processes that wanted a processor, of the last minute, when each part began and at the end. */
    readonly load: readonly number[];
  };
  readonly versions: {
    readonly node: string;
    readonly nodeRed: string;
    readonly homeAssistant: string;
    readonly mosquitto: string;
  };
  readonly figures: readonly Figure[];
  /** What one amended document made the package publish: messages by topic. */
  readonly amended: Readonly<Record<string, number>>;
  /** States and attributes at the second start: messages by topic. */
  readonly again: Readonly<Record<string, number>>;
  /** Rows of a day in the recorder, by entity. */
  readonly rows: Readonly<Record<string, number>>;
}
