import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import type { PersonStore } from '../ports/person-store';
import type { Giver, Taker } from './hand-over';

/**
 * Lets a memory store carry on where a disk store stopped: documents and rows of the last LIMITS.memoryDays before the newest one, their
 * entries of the change log with the same seq, all cursors, the sync state, what was set aside, the events that wait. Nothing is logged;
 * the next seq is higher than any before. What was in `to` with the same identity is replaced.
 * @param from a store of `openSqliteStore`; it is only read
 * @param to a store of `createMemoryStore`
 * @throws OuraError `store_unavailable` when `from` cannot even be read; `to` is unchanged then
 */
export function copyStore(from: PersonStore, to: PersonStore): void {
  if (!isGiver(from) || !isTaker(to)) throw new OuraError('unexpected', { reason: `a copy from ${from.kind} to ${to.kind}` });
  to.takeOver(from.handOver(LIMITS.memoryDays));
}

function isGiver(store: PersonStore): store is Giver {
  return 'handOver' in store;
}

function isTaker(store: PersonStore): store is Taker {
  return 'takeOver' in store;
}
