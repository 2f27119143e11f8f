/** Small settings of a person that hold no health values; kept in a file of their own, also in memory mode. One JSON value per key. */
export interface Settings {
  load(key: string): unknown;
  /** Durable when it returns, unless the disk refuses. */
  save(key: string, value: unknown): void;
}
