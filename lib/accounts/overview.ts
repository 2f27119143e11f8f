import { ENDPOINT_KEYS, type EndpointKey } from '../catalogue/endpoints';
import { familyReport } from '../sources/family-report';
import { isoInstant } from '../sources/iso-instant';
import type { AccountSession } from '../sync/account-session';
import type { AccountFacts } from './account-facts';
import type { WebhookStatus } from './webhook-status';
import type { WebhookOverview } from './webhook-wire';
import type { FamilyOverview, Overview } from './wire';

/**
 * What the sidebar shows of an account. It holds no health value, token or secret.
 * @param session null = the account is not deployed, or it is disabled
 */
export function overviewOf(session: AccountSession | null, facts: AccountFacts): Overview {
  const { slug, scopes, signedIn, debugUntil } = facts;
  const webhooks = facts.webhooks === null ? null : webhookOverview(facts.webhooks);
  const own = { deployed: session !== null, slug, scopes, signedIn, debugUntil: isoInstant(debugUntil), webhooks };
  if (session === null) return { ...own, ...NOTHING };
  const { host, config } = session;
  const leader = host?.leader ?? null;
  return {
    ...own,
    at: isoInstant(session.connection?.clock.now() ?? null),
    mode: config.mode,
    person: host?.personId ?? null,
    state: session.state,
    problems: session.problems.map(({ error, endpoint }) => ({ code: error.code, params: error.params, family: endpoint })),
    sharedWith: leader === null || leader === config.id ? null : facts.nameOf(leader),
    storage: host?.keeper.current.kind ?? null,
    nextAt: isoInstant(host?.engine?.nextAt ?? null),
    requests: requestsOf(session),
    families: ENDPOINT_KEYS.map((endpoint) => familyOverview(session, endpoint)),
  };
}

const NOTHING = {
  at: null,
  mode: '',
  person: null,
  state: { kind: 'starting' },
  problems: [],
  sharedWith: null,
  storage: null,
  nextAt: null,
  requests: null,
  families: [],
} as const;

function requestsOf({ connection }: AccountSession): Overview['requests'] {
  if (connection === null) return null;
  const { day, used, limit, byHour } = connection.budget.today();
  return { day, used, limit, byHour };
}

function familyOverview(session: AccountSession, endpoint: EndpointKey): FamilyOverview {
  const { family, newestDay, fetchedAt, nextAt, reason, error } = familyReport(session, endpoint);
  return { family, newestDay, fetchedAt, nextAt, reason, error };
}

function webhookOverview({ state, problem, lastEventAt, waiting }: WebhookStatus): WebhookOverview {
  const told = problem === null ? null : { code: problem.code, params: problem.params };
  return { state, problem: told, lastEventAt: isoInstant(lastEventAt), waiting };
}
