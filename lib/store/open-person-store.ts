import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { OuraError } from '../errors/oura-error';
import type { Clock } from '../ports/clock';
import type { PersonStore } from '../ports/person-store';
import { createMemoryStore } from './memory-store';
import { storeError } from './sqlite/store-error';
import { openSqliteStore } from './sqlite-store';

export interface PersonStoreOptions {
  /** Holds one database per person; made with mode 0700 when there is none. */
  readonly folder: string;
  readonly personId: string;
  readonly storage: 'disk' | 'memory';
  readonly clock: Clock;
}

/**
 * Opens the store of one person, `<folder>/<personId>.sqlite`. Where the disk or the file cannot be used the store is in memory, and the
 * file stays as it is.
 * @returns notice: why it is not on disk (`store_unavailable`, `store_newer`); null when the store is what was asked for
 */
export function openPersonStore(options: PersonStoreOptions): { readonly store: PersonStore; readonly notice: OuraError | null } {
  if (options.storage === 'memory') return { store: createMemoryStore(), notice: null };
  try {
    return { store: openOnDisk(options), notice: null };
  } catch (cause) {
    const isExpected = cause instanceof OuraError && (cause.code === 'store_unavailable' || cause.code === 'store_newer');
    if (!isExpected) throw cause;
    return { store: createMemoryStore(), notice: cause };
  }
}

function openOnDisk({ folder, personId, clock }: PersonStoreOptions): PersonStore {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw storeError(cause);
  }
  return openSqliteStore(join(folder, `${personId}.sqlite`), { clock });
}
