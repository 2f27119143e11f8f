import type { NodeAPI, NodeStatus } from 'node-red';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { OuraError } from '../../lib/errors/oura-error';
import type { Problem } from '../../lib/sync/problem-list';
import { textOfError } from './texts';

const STORE_CODES: readonly string[] = ['store_unavailable', 'store_newer'];

/**
 * The problem a node should show although the account works: one of its own family, data that is in memory only, or, for a node of the
 * whole account, permissions that are missing; null = none.
 */
export function showProblem(RED: NodeAPI, problems: readonly Problem[], endpoint: EndpointKey | null): NodeStatus | null {
  const own = problems.find((problem) => endpoint !== null && problem.endpoint === endpoint);
  const stored = problems.find(({ error }) => STORE_CODES.includes(error.code));
  const shown = own?.error ?? stored?.error ?? (endpoint === null ? missingScopes(problems) : null);
  return shown === null ? null : { fill: 'yellow', shape: 'ring', text: textOfError(RED, shown) };
}

function missingScopes(problems: readonly Problem[]): OuraError | null {
  const missing = problems.map(({ error }) => error).filter(({ code }) => code === 'scope_missing');
  const [first, ...others] = new Set(missing.map(({ params }) => String(params['scope'])));
  if (first === undefined) return null;
  return others.length === 0
    ? new OuraError('scope_missing', { scope: first })
    : new OuraError('scopes_missing', { scopes: [first, ...others].join(', ') });
}
