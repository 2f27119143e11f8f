import { within } from '../async/within';
import { LIMITS } from '../catalogue/limits';
import { Ledger } from '../home/ledger';
import type { Clock } from '../ports/clock';
import type { EntitiesOf, Way } from './way';

/**
 * Takes away what a node has made for a person on a way, if it has made anything there.
 * @returns whether it had
 * @throws OuraError broker_away, home_away and so on; DOMException when it takes longer than LIMITS.leftoversTimeoutMs; the signal's reason
 */
export async function clearWay(way: Way, person: EntitiesOf, owner: string, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const made = new Ledger(person.settings).madeBy(owner);
  if (!made.some(({ transport, place }) => transport === way.transport && place === way.place)) return false;
  const transport = way.open(person, owner);
  try {
    await within(LIMITS.leftoversTimeoutMs, clock, signal, (limited) => transport.remove(limited));
    return true;
  } finally {
    await transport.close();
  }
}
