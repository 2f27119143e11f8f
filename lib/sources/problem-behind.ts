import type { ErrorCodeName } from '../errors/error-codes';
import type { OuraError } from '../errors/oura-error';
import type { AccountState } from '../sync/engine-events';
import type { Problem } from '../sync/problem-list';
import { REFUSED_CODES } from '../sync/refused-codes';

/** Which problems bring about a state, apart from those that need a sign-in. */
const BEHIND: Readonly<Partial<Record<AccountState['kind'], readonly ErrorCodeName[]>>> = {
  membership: ['membership_lapsed'],
  refused: REFUSED_CODES,
  waiting: ['rate_limited', 'budget_spent', 'circuit_open'],
};

/** The problem that stands behind a state: what to tell a person who asks why. null = all is well, or nothing is known. */
export function problemBehind(state: AccountState, problems: readonly Problem[]): OuraError | null {
  const errors = problems.map(({ error }) => error);
  if (state.kind === 'sign_in') return errors.find((error) => error.needsSignIn) ?? null;
  if (state.kind === 'offline') return errors.find(isOfNetwork) ?? problems.find(({ endpoint }) => endpoint === null)?.error ?? null;
  return errors.find(({ code }) => BEHIND[state.kind]?.includes(code)) ?? null;
}

function isOfNetwork({ code, retry }: OuraError): boolean {
  return code === 'tls_failed' || (retry === 'later' && BEHIND.waiting?.includes(code) !== true);
}
