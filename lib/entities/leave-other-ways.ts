import { toOuraError } from '../errors/to-oura-error';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import { clearWay } from './clear-way';
import type { EntitiesOf, Way } from './way';

/**
 * Takes away what a node has made by other ways than the one it takes now. What cannot be reached stays in the ledger for the next start.
 * @throws the signal's reason
 */
export async function leaveOtherWays(
  person: EntitiesOf,
  owner: string,
  { ways, clock, logger }: { readonly ways: readonly Way[]; readonly clock: Clock; readonly logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  for (const way of ways) {
    await clearWay(way, person, owner, clock, signal).catch((cause: unknown) => {
      logger.warn(`Entities that were made by ${way.transport} stay for now: ${toOuraError(cause).message}`);
    });
    signal.throwIfAborted();
  }
}
