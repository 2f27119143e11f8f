import { toOuraError } from '../errors/to-oura-error';
import type { HomeLink } from '../home/home-link';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { Settings } from '../ports/settings';
import { clearMade } from './clear-made';
import { HomeRows } from './home-rows';
import { StatisticsLedger } from './statistics-ledger';

export interface ClearPorts {
  /** Settings of everybody of whom anything is kept. */
  readonly persons: () => readonly Settings[];
  /** Whether a node is gone from the flows, or works with another Home Assistant now; one that is merely disabled is not. */
  readonly hasLeft: (owner: string, home: string) => boolean;
  /** Whether a node that runs wants a statistic in this Home Assistant: it goes on with what is there. */
  readonly isWanted: (id: string, home: string) => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Takes away the statistics that nodes have left in a Home Assistant; what another node keeps or wants stays. What could not be taken away
 * stays in the ledger for the next time.
 * @throws the signal's reason
 */
export async function clearStatisticsOfGone(ports: ClearPorts, { id: home, homeAssistant }: HomeLink, signal: AbortSignal): Promise<void> {
  const { persons, hasLeft, isWanted, clock, logger } = ports;
  if (homeAssistant?.facts?.isAdmin !== true) return;
  for (const settings of persons()) {
    const ledger = new StatisticsLedger(settings);
    for (const owner of ledger.owners.filter((one) => ledger.homesOf(one).includes(home) && hasLeft(one, home))) {
      const ids = Object.keys(ledger.madeBy(owner, home));
      try {
        ledger.forget(
          owner,
          home,
          ids.filter((id) => isWanted(id, home)),
        );
        const left = Object.keys(ledger.madeBy(owner, home));
        await clearMade({ ledger, owner, home }, left, new HomeRows(homeAssistant, clock), signal);
        if (ledger.homesOf(owner).length === 0) ledger.forgetOwner(owner);
        logger.info(`Statistics that node ${owner} had left in Home Assistant are gone.`);
      } catch (cause) {
        signal.throwIfAborted();
        logger.warn(`Statistics that node ${owner} has left stay for now: ${toOuraError(cause).message}`);
      }
    }
  }
}
