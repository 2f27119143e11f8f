import type { PersonStore } from '../../../lib/ports/person-store';
import { createMemoryStore } from '../../../lib/store/memory-store';
import { StoreKeeper } from '../../../lib/sync/store-keeper';
import { MemoryLogger } from '../../store/support/memory-logger';

/** Keeps a store that never fails; missing = an empty one in memory. */
export function memoryKeeper(store: PersonStore = createMemoryStore()): StoreKeeper {
  const toMemory = (): PersonStore => {
    throw new Error('memory does not refuse');
  };
  return new StoreKeeper({ opened: { store, notice: null }, toMemory, logger: new MemoryLogger() });
}
