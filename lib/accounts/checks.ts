import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../catalogue/endpoints';
import type { Reason } from '../catalogue/reasons';
import { OuraError } from '../errors/oura-error';
import { familyReport } from '../sources/family-report';
import { folderProblem } from '../store/folder-problem';
import { loadedPercent } from '../sync/account-state';
import { isFetched } from '../sync/engine-options';
import type { Check, CheckContext } from './check';

/** Problems of the connection that a check of their own tells. */
const TOLD_ELSEWHERE: readonly string[] = ['scope_missing', 'membership_lapsed', 'budget_spent', 'person_changed'];

/** The table of "check everything", in the order in which one thing makes the next possible. */
export const CHECKS: readonly Check[] = [
  { key: 'folder', level: 'problem', run: ({ folder }) => folderProblem(folder) },
  { key: 'store', level: 'problem', run: ({ session }) => session.host?.keeper.notice ?? null },
  { key: 'tokens', level: 'problem', run: unreadableTokens },
  { key: 'signed_in', level: 'problem', run: signInProblem },
  { key: 'person', level: 'problem', run: ({ session }) => standing(session, ['person_changed', 'address_invalid']) },
  { key: 'connection', level: 'problem', run: connectionProblem },
  { key: 'membership', level: 'problem', run: membershipProblem },
  { key: 'scopes', level: 'problem', run: missingScopes },
  { key: 'failing', level: 'problem', run: (context) => familiesWith(context, 'families_failing', ['error']) },
  { key: 'fresh', level: 'notice', run: (context) => familiesWith(context, 'families_behind', ['not_synced', 'pending']) },
  { key: 'history', level: 'notice', run: unfinishedHistory },
  { key: 'budget', level: 'notice', run: spentBudget },
  { key: 'shared', level: 'notice', run: sharedPerson },
  { key: 'callback', level: 'notice', run: missingCallback },
  { key: 'webhooks', level: 'notice', run: ({ facts }) => facts.webhooks?.problem ?? null },
  { key: 'zone', level: 'notice', run: fixedZone },
];

function standing({ problems }: CheckContext['session'], codes: readonly string[]): OuraError | null {
  return problems.find(({ error }) => codes.includes(error.code))?.error ?? null;
}

function unreadableTokens({ session, tokens }: CheckContext): OuraError | null {
  if (session.config.mode !== 'oauth2') return null;
  try {
    tokens?.load(session.config.id);
    return null;
  } catch (cause) {
    if (cause instanceof OuraError) return cause;
    throw cause;
  }
}

async function signInProblem({ session, facts, ask }: CheckContext): Promise<OuraError | null> {
  const known = session.problems.find(({ error }) => error.needsSignIn)?.error;
  if (known !== undefined) return known;
  if (!facts.signedIn) return new OuraError('sign_in_needed');
  const answer = await ask();
  return answer?.needsSignIn === true ? answer : null;
}

async function connectionProblem({ ask }: CheckContext): Promise<OuraError | null> {
  const answer = await ask();
  return answer === null || answer.needsSignIn || TOLD_ELSEWHERE.includes(answer.code) ? null : answer;
}

async function membershipProblem({ session, ask }: CheckContext): Promise<OuraError | null> {
  const answer = await ask();
  return standing(session, ['membership_lapsed']) ?? (answer?.code === 'membership_lapsed' ? answer : null);
}

/** A permission is missing when Oura refused a family for the lack of it, or granted none of those that open a family. */
function missingScopes({ session, facts }: CheckContext): OuraError | null {
  const refused = session.problems.map(({ error }) => error).filter(({ code }) => code === 'scope_missing');
  const scopes = new Set(refused.map(({ params }) => String(params['scope'])));
  for (const family of wanted(session)) {
    const { scopes: needed } = endpointOf(family);
    const isOpen = facts.scopes === null || needed.length === 0 || needed.some((scope) => facts.scopes?.includes(scope));
    if (!isOpen) scopes.add(needed[0] ?? family);
  }
  return scopes.size === 0 ? null : new OuraError('scopes_missing', { scopes: [...scopes].toSorted().join(', ') });
}

/** @returns families as `sleep:error, tag:pending`: the editor translates each part */
function familiesWith(
  { session }: CheckContext,
  code: 'families_failing' | 'families_behind',
  reasons: readonly Reason[],
): OuraError | null {
  const behind = wanted(session)
    .map((family) => familyReport(session, family))
    .filter(({ reason }) => reason !== null && reasons.includes(reason))
    .map(({ family, reason, error }) => `${family}:${error ?? String(reason)}`);
  return behind.length === 0 ? null : new OuraError(code, { families: behind.join(', ') });
}

function unfinishedHistory({ session }: CheckContext): OuraError | null {
  const engine = session.host?.engine ?? null;
  if (engine === null) return null;
  const families = Object.fromEntries(ENDPOINT_KEYS.map((key) => [key, engine.family(key)]));
  const percent = loadedPercent({ families, historyFrom: engine.historyFrom, historyRuns: true }, engine.today);
  return percent === null ? null : new OuraError('history_incomplete', { percent });
}

function spentBudget({ session: { connection } }: CheckContext): OuraError | null {
  return connection?.budget.left === 0 ? new OuraError('budget_spent', { limit: connection.budget.limit }) : null;
}

function sharedPerson({ facts: { sharedWith } }: CheckContext): OuraError | null {
  return sharedWith.length === 0 ? null : new OuraError('person_shared', { accounts: sharedWith.join(', ') });
}

function missingCallback({ session, callbackPath }: CheckContext): OuraError | null {
  return session.config.mode === 'oauth2' && callbackPath === null ? new OuraError('callback_off') : null;
}

function fixedZone({ session: { host, config } }: CheckContext): OuraError | null {
  const zone = host?.engine?.zone ?? '';
  return config.engine.zone === '' && /^UTC[+-]/.test(zone) ? new OuraError('zone_fixed', { zone }) : null;
}

function wanted({ config }: CheckContext['session']): readonly EndpointKey[] {
  return ENDPOINT_KEYS.filter((family) => isFetched(config.engine, family));
}
