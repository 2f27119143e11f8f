import { Wakeup } from '../async/wakeup';
import { within } from '../async/within';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import { Ledger } from '../home/ledger';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import { RetainedBoard } from './bridge/retained-board';
import { clearWay } from './clear-way';
import { CustomEntities } from './custom-entities';
import type { EntitiesOf, Way } from './way';

export interface LeftoverPorts {
  /** Everybody of whom anything is kept. */
  readonly persons: () => readonly EntitiesOf[];
  /** Whether a node is gone from the flows; one that is merely disabled is not. */
  readonly isGone: (owner: string) => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Clears what nodes that are gone have left at a place, and tries again until it can be reached. What was cleared before a crash is gone
 * from the ledger: the next start goes on there.
 * @throws the signal's reason
 */
export async function clearLeftovers(ports: LeftoverPorts, way: Way, signal: AbortSignal): Promise<void> {
  const wakeup = new Wakeup();
  const unfollow = way.onChange(() => {
    wakeup.wake(); // a deploy makes the connection anew: it is seldom there at once
  });
  try {
    while ((await clearOnce(ports, way, signal)) > 0) await wakeup.wait(LIMITS.leftoversRetryMs, ports.clock, signal);
  } finally {
    unfollow();
  }
}

/** @returns how many clearings shall be tried again */
async function clearOnce({ persons, isGone, clock, logger }: LeftoverPorts, way: Way, signal: AbortSignal): Promise<number> {
  let left = 0;
  for (const person of persons()) {
    const ledger = new Ledger(person.settings);
    left += await clearTopics(person, { isGone, clock, logger }, way, signal);
    for (const owner of ledger.owners.filter((one) => isGone(one))) {
      try {
        if (!(await clearWay(way, person, owner, clock, signal))) continue;
        new CustomEntities(person.settings, owner).clear();
        logger.info(`Entities that node ${owner} had left in Home Assistant are gone.`);
      } catch (cause) {
        signal.throwIfAborted();
        if (mayHelp(cause)) left += 1;
        else logger.warn(`Entities that node ${owner} has left stay: ${toOuraError(cause).message}`);
      }
    }
  }
  return left;
}

/** Documents that were bridged. @returns how many clearings shall be tried again */
async function clearTopics(
  { settings }: EntitiesOf,
  { isGone, clock, logger }: Omit<LeftoverPorts, 'persons'>,
  { broker }: Way,
  signal: AbortSignal,
): Promise<number> {
  if (broker === null) return 0;
  let left = 0;
  for (const owner of RetainedBoard.owners(settings).filter((one) => isGone(one))) {
    const board = new RetainedBoard({ broker, settings, owner, filter: '', isOurs: () => false, clock, logger });
    try {
      await within(LIMITS.leftoversTimeoutMs, clock, signal, (limited) => board.remove(limited));
    } catch (cause) {
      signal.throwIfAborted();
      if (!mayHelp(cause)) throw cause;
      left += 1;
    }
  }
  return left;
}

/** Whether time alone may help: the other side is away, or slow. */
function mayHelp(cause: unknown): boolean {
  return cause instanceof OuraError ? cause.retry === 'later' : cause instanceof DOMException;
}
