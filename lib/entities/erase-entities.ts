import { Ledger } from '../home/ledger';
import { createMemorySettings } from '../store/memory-settings';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import { clearLeftovers } from './leftovers';
import type { EntitiesOf, Way } from './way';

export interface ErasePorts {
  readonly way: Way;
  readonly otherWays: readonly Way[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Takes away what a node has made for a person of whom everything was deleted, as soon as Home Assistant can be reached. It goes by what
 * was read of the ledger before: the file is gone, and nothing may be written there again. Gives up when the signal is aborted.
 */
export async function eraseEntities(
  { personId, settings }: EntitiesOf,
  owner: string,
  { way, otherWays, clock, logger }: ErasePorts,
  signal: AbortSignal,
): Promise<void> {
  const copy = createMemorySettings();
  new Ledger(copy).save(owner, new Ledger(settings).madeBy(owner));
  const ports = { persons: () => [{ personId, settings: copy }], isGone: () => true, clock, logger };
  const clearings = await Promise.allSettled([way, ...otherWays].map((one) => clearLeftovers(ports, one, signal)));
  for (const clearing of clearings) if (clearing.status === 'rejected' && !signal.aborted) throw clearing.reason;
}
