import * as z from 'zod';
import type { EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { StoreKeeper } from './store-keeper';

/** id, when Oura last had it; epoch ms */
const entries = z.array(z.tuple([z.string(), z.number()]));

/**
 * Documents that were missing from an answer and yet there when asked for, in SyncState under `suspects:<endpoint>`. They rest for some
 * days, so that the others have their turn.
 */
export class SuspectBook {
  readonly #keeper: StoreKeeper;
  readonly #key: string;
  readonly #now: number;
  readonly #alive: Map<string, number>;

  constructor(keeper: StoreKeeper, endpoint: EndpointKey, now: number) {
    this.#keeper = keeper;
    this.#key = `suspects:${endpoint}`;
    this.#now = now;
    const saved = entries.safeParse(keeper.current.state.load(this.#key));
    this.#alive = new Map((saved.success ? saved.data : []).filter(([, at]) => at <= now && at > now - LIMITS.suspectRestMs));
  }

  rests(id: string): boolean {
    return this.#alive.has(id);
  }

  noteAlive(id: string): void {
    this.#alive.delete(id);
    this.#alive.set(id, this.#now);
    this.#keeper.write((store) => {
      store.state.save(this.#key, [...this.#alive].slice(-LIMITS.suspectsRememberedMax));
    });
  }
}
