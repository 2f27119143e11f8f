import type { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import { isoInstant } from '../sources/iso-instant';
import type { AccountSession } from '../sync/account-session';
import type { Check, CheckContext } from './check';
import { CHECKS } from './checks';
import type { Finding, Findings } from './wire';

const ORDER: readonly Finding['level'][] = ['problem', 'notice', 'ok'];

/**
 * Runs all checks of an account; asks Oura at most once.
 * @param checks the table; others for tests only
 * @returns one finding per check, those that need a person first. `since` among the parameters of one is when its problem began
 * @throws the signal's reason
 */
export async function checkEverything(
  context: Omit<CheckContext, 'ask'>,
  signal: AbortSignal,
  checks: readonly Check[] = CHECKS,
): Promise<Findings> {
  let answer: Promise<OuraError | null> | null = null;
  const ask = (): Promise<OuraError | null> => (answer ??= askOura(context.session, signal));
  const findings: Finding[] = [];
  for (const check of checks) {
    findings.push(await findingOf(check, { ...context, ask }));
    signal.throwIfAborted();
  }
  return { findings: findings.toSorted((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level)) };
}

async function findingOf({ key, level, run }: Check, context: CheckContext): Promise<Finding> {
  const found = await Promise.resolve(context).then(run).catch(toOuraError);
  if (found === null) return { check: key, level: 'ok', found: null };
  const begun = context.facts.past.findLast(({ error, solvedAt }) => error.code === found.code && solvedAt === null);
  const since = isoInstant(begun?.at ?? null);
  return { check: key, level, found: { code: found.code, params: since === null ? found.params : { ...found.params, since } } };
}

/** A request of its own, because an account that waits asks nothing by itself. Oura's sandbox knows no person. */
async function askOura({ connection, config, problems }: AccountSession, signal: AbortSignal): Promise<OuraError | null> {
  if (connection === null) return problems[0]?.error ?? null;
  if (config.mode === 'sandbox') return null;
  return await connection.client.personalInfo({ purpose: 'fresh' }, signal).then(() => null, toOuraError);
}
