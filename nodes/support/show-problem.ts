import type { NodeAPI, NodeStatus } from 'node-red';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import type { Problem } from '../../lib/sync/problem-list';
import { textOfError } from './texts';

const STORE_CODES: readonly string[] = ['store_unavailable', 'store_newer'];

/** The problem a node should show although the account works: one of its own family, or data that is in memory only; null = none. */
export function showProblem(RED: NodeAPI, problems: readonly Problem[], endpoint: EndpointKey | null): NodeStatus | null {
  const own = problems.find((problem) => endpoint !== null && problem.endpoint === endpoint);
  const shown = own ?? problems.find(({ error }) => STORE_CODES.includes(error.code));
  return shown === undefined ? null : { fill: 'yellow', shape: 'ring', text: textOfError(RED, shown.error) };
}
