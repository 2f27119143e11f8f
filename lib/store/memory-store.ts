import type { PersonStore } from '../ports/person-store';
import { MemoryStore } from './memory/store';

export interface MemoryOptions {
  /** seq of the first change-log entry, so that it follows an older log; 1 when not given */
  readonly firstSeq?: number;
}

/** One person's data in memory: the same behaviour as on disk, gone with the process. */
export function createMemoryStore({ firstSeq = 1 }: MemoryOptions = {}): PersonStore {
  return new MemoryStore(firstSeq);
}
