import type { NodeAPI, NodeStatus } from 'node-red';
import type { AccountState } from '../../lib/sync/engine-events';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import type { AccountSession } from '../../lib/sync/account-session';
import { showProblem } from './show-problem';
import { sharedText } from './texts';

const LOOKS = {
  starting: { fill: 'grey', shape: 'ring' },
  syncing: { fill: 'blue', shape: 'dot' },
  connected: { fill: 'green', shape: 'dot' },
  waiting: { fill: 'yellow', shape: 'ring' },
  sign_in: { fill: 'red', shape: 'ring' },
  membership: { fill: 'red', shape: 'ring' },
  refused: { fill: 'red', shape: 'ring' },
  offline: { fill: 'yellow', shape: 'ring' },
} as const satisfies Record<AccountState['kind'], NodeStatus>;

/**
 * An account's state as a node status.
 * @param endpoint the family the node is about, null = the whole account
 * @param detail shown in place of the text when all is well (a family's newest day)
 */
export function showState(RED: NodeAPI, session: AccountSession, endpoint: EndpointKey | null, detail: string | null): NodeStatus {
  const { state, problems } = session;
  const look = LOOKS[state.kind];
  const problem = state.kind === 'connected' || state.kind === 'syncing' ? showProblem(RED, problems, endpoint) : null;
  if (problem !== null) return problem;
  if (state.kind === 'connected' && detail !== null) return { ...look, text: detail };
  return { ...look, text: sharedText(RED, `state.${state.kind}`, paramsOf(state)) };
}

function paramsOf(state: AccountState): Record<string, string | number> {
  if (state.kind === 'syncing') return { percent: state.percent };
  if (state.kind === 'waiting') return { time: clockTime(state.until) };
  return state.kind === 'offline' ? { time: clockTime(state.since) } : {};
}

/** Hours and minutes of the machine's zone. */
function clockTime(ms: number): string {
  return new Date(ms).toTimeString().slice(0, 5);
}
