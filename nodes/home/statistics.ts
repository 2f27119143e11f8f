import type { Node, NodeAPI, NodeDef } from 'node-red';
import { OuraError } from '../../lib/errors/oura-error';
import type { Runtime } from '../../lib/runtime';
import { messageAccount } from '../../lib/sources/message-account';
import { PersonStatistics } from '../../lib/statistics/person-statistics';
import { STATISTIC_GROUPS } from '../../lib/statistics/statistic-groups';
import type { ImportReport } from '../../lib/statistics/statistics-importer';
import { statisticsOrder } from '../../lib/statistics/statistics-order';
import { leaseOf, requireLease } from '../support/account-of';
import { attempt } from '../support/attempt';
import { homeOf, requireHome } from '../support/home-of';
import { loggerOf } from '../support/logger-of';
import { onInput } from '../support/on-input';
import { runtimeOf } from '../support/runtime-of';
import { followStatistics } from '../support/follow-statistics';
import { sweepStatistics } from '../support/sweep-statistics';
import { textOfError } from '../support/texts';

interface StatisticsDef extends NodeDef {
  readonly account: string;
  readonly home: string;
  readonly groups?: readonly string[];
  readonly metrics?: readonly string[];
  readonly start?: string;
}

const NAMES = '@oura-flows/node-red-oura/oura-entities:oura-entities.metric';

/** `oura-statistics`: brings a person's history into the long-term statistics of Home Assistant, and keeps it right there. */
export function registerStatistics(RED: NodeAPI, runtime: Runtime = runtimeOf(RED)): void {
  const running = new Map<string, PersonStatistics>();
  function StatisticsNode(this: Node, def: StatisticsDef): void {
    RED.nodes.createNode(this, def);
    const begun = attempt(() => {
      const { session, slug } = requireLease(leaseOf(RED, def.account));
      const home = requireHome(homeOf(RED, def.home));
      const nameOf = (key: string): string => RED._(`${NAMES}.${key}.name`, home.language === '' ? {} : { lng: home.language });
      const { groups = [], metrics = [], start = '' } = def;
      const ports = { session, slug, home, logger: loggerOf(this) };
      const statistics = new PersonStatistics(ports, { owner: this.id, groups, metrics, start, nameOf });
      const messageOf = (payload: ImportReport): object => {
        return { topic: `oura/${slug}/statistics`, payload, oura: { account: messageAccount(session, slug) } };
      };
      followStatistics(RED, this, { session, statistics, running, messageOf });
      return { statistics, messageOf, today: () => session.host?.engine?.today ?? '' };
    });
    onInput(RED, this, async (msg, signal) => {
      if (begun instanceof OuraError) throw begun;
      const { statistics, messageOf, today } = begun;
      const report = await statistics.obey(statisticsOrder((msg as { oura?: unknown }).oura, today()), signal);
      return report === null ? null : Object.assign(msg, messageOf(report));
    });
    if (begun instanceof OuraError) this.status({ fill: 'red', shape: 'ring', text: textOfError(RED, begun) });
  }
  const settings = { ouraStatisticsGroups: { value: STATISTIC_GROUPS, exportable: true } };
  RED.nodes.registerType('oura-statistics', StatisticsNode, { settings });
  sweepStatistics(RED, runtime, running);
}
