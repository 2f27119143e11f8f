import type { Node, NodeAPI, NodeMessage } from 'node-red';
import type { PersonStatistics } from '../../lib/statistics/person-statistics';
import type { ImportReport } from '../../lib/statistics/statistics-importer';
import type { AccountSession } from '../../lib/sync/account-session';
import { showStatistics } from './show-statistics';
import { statusLight } from './status-light';

interface Followed {
  readonly session: AccountSession;
  readonly statistics: PersonStatistics;
  /** Where those that run are known by the id of their node. */
  readonly running: Map<string, PersonStatistics>;
  readonly messageOf: (report: ImportReport) => object;
}

/** Shows on a node how its statistics are doing, tells what they did by themselves, and ends them with the node. */
export function followStatistics(RED: NodeAPI, node: Node, { session, statistics, running, messageOf }: Followed): void {
  const light = statusLight(node);
  const show = (): void => {
    light(showStatistics(RED, session, statistics.state));
  };
  const send = (report: ImportReport): void => {
    node.send(messageOf(report) as NodeMessage); // topic, payload and our own part
  };
  const ends = [session.events.add(show), statistics.states.add(show), statistics.reports.add(send)];
  running.set(node.id, statistics);
  show();
  node.on('close', (done: () => void) => {
    for (const end of ends) end();
    if (running.get(node.id) === statistics) running.delete(node.id);
    void statistics.close().then(done);
  });
}
