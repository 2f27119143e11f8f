import { within } from '../async/within';
import { LIMITS } from '../catalogue/limits';
import { toOuraError } from '../errors/to-oura-error';
import { Ledger } from '../home/ledger';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
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
    const isThere = new Ledger(person.settings).madeBy(owner).some((made) => made.transport === way.transport && made.place === way.place);
    if (!isThere) continue;
    const transport = way.open(person, owner);
    try {
      await within(LIMITS.leftoversTimeoutMs, clock, signal, (limited) => transport.remove(limited));
    } catch (cause) {
      logger.warn(`Entities that were made by ${way.transport} stay for now: ${toOuraError(cause).message}`);
    } finally {
      await transport.close();
    }
    signal.throwIfAborted();
  }
}
