import type { NodeAPI } from 'node-red';
import { systemClock } from '../../lib/async/system-clock';
import { toOuraError } from '../../lib/errors/to-oura-error';
import type { Runtime } from '../../lib/runtime';
import { clearStatisticsOfGone } from '../../lib/statistics/clear-statistics-of-gone';
import type { PersonStatistics } from '../../lib/statistics/person-statistics';
import { homeOf } from './home-of';
import { isInFlows } from './is-in-flows';

/**
 * After each deploy takes away, in every Home Assistant of the flows, the statistics of nodes that are gone from them: as soon as it can be
 * reached.
 * @param running the nodes that run, by id
 */
export function sweepStatistics(RED: NodeAPI, { folder }: Runtime, running: ReadonlyMap<string, PersonStatistics>): void {
  const tell = (level: 'error' | 'warn' | 'info' | 'debug') => (message: string) => {
    RED.log[level](`[oura] ${message}`);
  };
  const logger = { error: tell('error'), warn: tell('warn'), info: tell('info'), debug: tell('debug') };
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
    const ids: string[] = [];
    RED.nodes.eachNode(({ id, type }) => {
      if (type === 'oura-home') ids.push(id);
    });
    const links = ids.flatMap((id) => homeOf(RED, id) ?? []);
    for (const link of links) {
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
