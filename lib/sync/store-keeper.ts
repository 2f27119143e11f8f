import { Subscribers } from '../async/subscribers';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { Logger } from '../ports/logger';
import type { PersonStore } from '../ports/person-store';
import { keepFromOf, prunedFamilies, type EngineOptions } from './engine-options';

export interface KeeperPorts {
  /** The store as opened, with the reason when it is not the one that was wanted. */
  readonly opened: { readonly store: PersonStore; readonly notice: OuraError | null };
  /** A memory store that goes on where a failing disk store stopped. */
  readonly toMemory: (failing: PersonStore) => PersonStore;
  readonly logger: Logger;
}

/** Holds a person's store. When the disk refuses, the keeper goes on in memory and says so; nobody else needs to know. */
export class StoreKeeper {
  readonly #ports: KeeperPorts;
  #store: PersonStore;
  #notice: OuraError | null;
  #prunedAt = -Infinity;
  /** Hears the reason when the store moves to memory. */
  readonly moved: Subscribers<OuraError>;

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
    this.#store = ports.opened.store;
    this.#notice = ports.opened.notice;
    this.moved = new Subscribers((error) => {
      ports.logger.error(`A listener failed: ${toOuraError(error).message}`);
    });
    if (this.#notice !== null) ports.logger.error(this.#notice.message);
  }

  get current(): PersonStore {
    return this.#store;
  }

  /** Why data is in memory only although the disk was wanted; null when all is well. */
  get notice(): OuraError | null {
    return this.#notice;
  }

  /** Runs a write; if the disk refuses, the same write is done again in memory. */
  write<T>(work: (store: PersonStore) => T): T {
    try {
      return work(this.#store);
    } catch (error) {
      if (!(error instanceof OuraError) || error.code !== 'store_unavailable' || this.#store.kind === 'memory') throw error;
      this.#moveToMemory(error);
      return work(this.#store);
    }
  }

  /** Retention and the age limit of the change log; does something only every few hours. */
  maintain(options: EngineOptions, today: string, now: number): void {
    if (now - this.#prunedAt < LIMITS.retentionEveryMs && now >= this.#prunedAt) return;
    this.#prunedAt = now;
    this.write((store) => {
      for (const endpoint of prunedFamilies(options, store.kind)) {
        const keepFrom = keepFromOf(options, endpoint, store.kind, today);
        store.prune(endpoint, keepFrom, Date.parse(keepFrom));
      }
      store.changes.prune(now - LIMITS.changeLogMs);
    });
  }

  close(): void {
    this.#store.close();
  }

  #moveToMemory(error: OuraError): void {
    const failing = this.#store;
    this.#store = this.#ports.toMemory(failing);
    this.#notice = error;
    failing.close();
    this.#ports.logger.error(error.message);
    this.moved.tell(error);
  }
}
