import type { ChangeLog } from './change-log';
import type { Documents } from './documents';
import type { EventQueue } from './event-queue';
import type { Series } from './series';
import type { SetAside } from './set-aside';
import type { SyncState } from './sync-state';

/** The local copy of one person's data. */
export interface PersonStore {
  readonly kind: 'disk' | 'memory';
  readonly documents: Documents;
  readonly series: Series;
  readonly changes: ChangeLog;
  readonly state: SyncState;
  readonly setAside: SetAside;
  /** Events of webhooks that wait until what they tell of is here. */
  readonly events: EventQueue;
  /**
   * Retention: drops documents with day < beforeDay and series rows with time < beforeMs of one endpoint.
   * Not a deletion: nothing is logged.
   * @returns how many were dropped
   */
  prune(endpoint: string, beforeDay: string, beforeMs: number): number;
  /** Counts and size, for status and diagnostics. sizeBytes is 0 in memory. */
  stats(): {
    readonly documents: Readonly<Record<string, number>>;
    readonly rows: Readonly<Record<string, number>>;
    readonly sizeBytes: number;
  };
  /** Releases the file. Calling it twice is harmless. */
  close(): void;
}
