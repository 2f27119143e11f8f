import type { NodeAPI, NodeStatus } from 'node-red';
import type { ImporterState } from '../../lib/statistics/statistics-importer';
import type { AccountSession } from '../../lib/sync/account-session';
import { showState } from './show-state';
import { textOfError } from './texts';

/** How the statistics of a node are doing, as its status; while nobody is known yet, what the account does. */
export function showStatistics(RED: NodeAPI, session: AccountSession, state: ImporterState): NodeStatus {
  const text = (key: string, params: Record<string, number> = {}): string => RED._(`oura-statistics.status.${key}`, params);
  switch (state.kind) {
    case 'waiting':
      return session.host === null ? showState(RED, session, null, null) : { fill: 'grey', shape: 'ring', text: text('waiting') };
    case 'importing':
      return { fill: 'blue', shape: 'dot', text: text('importing', { percent: state.percent }) };
    case 'done':
      return { fill: 'green', shape: 'dot', text: text('done', { statistics: state.statistics }) };
    case 'problem':
      return { fill: 'yellow', shape: 'ring', text: textOfError(RED, state.error) };
    case 'stopped':
    case 'removed':
      return { fill: 'grey', shape: 'ring', text: text(state.kind) };
  }
}
