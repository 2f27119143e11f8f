/** What the sync engine must remember across restarts: one JSON value per key, written at once. */
export interface SyncState {
  load(key: string): unknown;
  save(key: string, value: unknown): void;
  /** @returns all keys, sorted */
  keys(): readonly string[];
}
