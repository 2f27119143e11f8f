import type { NodeAPI } from 'node-red';
import { systemClock } from '../../lib/async/system-clock';
import { toOuraError } from '../../lib/errors/to-oura-error';
import type { Runtime } from '../../lib/runtime';
import { clearStatisticsOfGone } from '../../lib/statistics/clear-statistics-of-gone';
import type { PersonStatistics } from '../../lib/statistics/person-statistics';
import { homesOf } from './homes-of';
import { isInFlows } from './is-in-flows';
import { packageLogger } from './package-logger';

/**
 * After each deploy takes away, in every Home Assistant of the flows, the statistics of nodes that are gone from them: as soon as it can be
 * reached.
 * @param running the nodes that run, by id
 */
export function sweepStatistics(RED: NodeAPI, { folder }: Runtime, running: ReadonlyMap<string, PersonStatistics>): void {
  const logger = packageLogger(RED);
  const nodes = (): readonly PersonStatistics[] => [...running.values()];
  const ports = {
    persons: () => folder.personIds().map((personId) => folder.settingsOf(personId)),
    hasLeft: (owner: string, home: string) => !isInFlows(RED, owner) || (running.get(owner)?.home ?? home) !== home,
    isWanted: (id: string, home: string) =>
      nodes().some((one) => one.home === home && one.wanted.some(({ statistic }) => statistic.id === id)),
    clock: systemClock,
    logger,
  };
  let sweep = new AbortController();
  RED.events.on('flows:started', () => {
    sweep.abort();
    const { signal } = (sweep = new AbortController());
    for (const link of homesOf(RED)) {
      const clear = (): void => {
        clearStatisticsOfGone(ports, link, signal).catch((error: unknown) => {
          if (!signal.aborted) logger.error(toOuraError(error).message);
        });
      };
      const end = link.homeAssistant?.onFacts(clear);
      signal.addEventListener('abort', () => end?.(), { once: true });
      clear();
    }
  });
}
