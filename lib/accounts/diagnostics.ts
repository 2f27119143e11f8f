import { ENDPOINT_KEYS, type EndpointKey } from '../catalogue/endpoints';
import type { ErrorParams, OuraError } from '../errors/oura-error';
import type { PersonStore } from '../ports/person-store';
import { familyReport } from '../sources/family-report';
import { familyView } from '../sources/family-view';
import { isoInstant } from '../sources/iso-instant';
import { MIGRATIONS } from '../store/sqlite/migrations';
import type { AccountSession } from '../sync/account-session';
import type { AccountFacts, PastProblem } from './account-facts';
import { configReport } from './config-report';
import { isPrivateHost } from './is-private-host';
import { machineReport } from './machine-report';
import { totalOf } from './total-of';
import type { WebhookStatus } from './webhook-status';

/** Where the diagnostics are made. */
export interface DiagnosticsPlace {
  /** Version of this package, and of Node-RED; null = unknown. */
  readonly version: string;
  readonly nodeRed: string | null;
  /** epoch ms */
  readonly now: number;
}

type Stats = ReturnType<PersonStore['stats']>;
const NO_STATS: Stats = { documents: {}, rows: {}, sizeBytes: 0 };

/** Parameters of errors that say nothing about a person or their network; the others (hosts, names) stay here. */
const SHOWN_PARAMS: readonly string[] = [
  'reason',
  'status',
  'seconds',
  'limit',
  'scope',
  'endpoint',
  'family',
  'path',
  'version',
  'contentType',
];

/**
 * Everything about an account that helps to find out what is wrong, as one JSON value that can be passed on: no health value, token,
 * secret, address, name or short name; the person is a hash.
 */
export function diagnosticsOf(session: AccountSession, facts: AccountFacts, place: DiagnosticsPlace): Readonly<Record<string, unknown>> {
  const { connection, config, host } = session;
  const stats = host?.keeper.current.stats() ?? NO_STATS;
  return {
    format: 'node-red-oura-diagnostics',
    formatVersion: 1,
    at: isoInstant(place.now),
    versions: { package: place.version, nodeRed: place.nodeRed },
    machine: machineReport(),
    account: {
      person: host?.personId ?? null,
      signedIn: facts.signedIn,
      scopes: facts.scopes,
      accountsOfPerson: facts.sharedWith.length + 1,
      leads: host === null ? null : host.leader === config.id,
      config: configReport(config),
    },
    state: session.state,
    nextAt: isoInstant(host?.engine?.nextAt ?? null),
    zone: host?.engine?.zone ?? null,
    problems: session.problems.map(({ error, endpoint }) => ({ ...shownError(error), family: endpoint })),
    pastProblems: facts.past.map(pastReport),
    requests: connection?.budget.today() ?? null,
    webhooks: facts.webhooks === null ? null : webhookReport(facts.webhooks),
    store: storeReport(session, stats),
    families: ENDPOINT_KEYS.map((endpoint) => familyDetails(session, endpoint, stats)),
  };
}

function shownError({ code, params }: OuraError): Readonly<Record<string, unknown>> {
  const shown: ErrorParams = Object.fromEntries(Object.entries(params).filter(([name]) => SHOWN_PARAMS.includes(name)));
  return { code, params: shown };
}

function pastReport({ at, error, endpoint, solvedAt }: PastProblem): Readonly<Record<string, unknown>> {
  return { at: isoInstant(at), ...shownError(error), family: endpoint, solvedAt: isoInstant(solvedAt) };
}

/** Of the address only what kind it is: its host tells who somebody is. */
function webhookReport(status: WebhookStatus): Readonly<Record<string, unknown>> {
  const { state, callbackUrl, problem, subscriptions, lastEventAt, lastByType, accepted, refused, waiting } = status;
  const address = URL.parse(callbackUrl ?? '');
  return {
    state,
    address: address === null ? null : { encrypted: address.protocol === 'https:', private: isPrivateHost(address.hostname) },
    problem: problem === null ? null : shownError(problem),
    subscriptions: { ...subscriptions, nextExpiryAt: isoInstant(subscriptions.nextExpiryAt) },
    lastEventAt: isoInstant(lastEventAt),
    families: Object.keys(lastByType),
    accepted,
    refused,
    waiting,
  };
}

function storeReport({ host }: AccountSession, { documents, rows, sizeBytes }: Stats): Readonly<Record<string, unknown>> | null {
  if (host === null) return null;
  const { current, notice } = host.keeper;
  return {
    kind: current.kind,
    schema: current.kind === 'disk' ? MIGRATIONS.length : null,
    notice: notice === null ? null : shownError(notice),
    sizeBytes,
    documents: totalOf(documents),
    rows: totalOf(rows),
    setAside: current.setAside.count(),
    changes: current.changes.head(),
  };
}

function familyDetails(session: AccountSession, endpoint: EndpointKey, { documents, rows }: Stats): Readonly<Record<string, unknown>> {
  const { family } = familyView(session, endpoint);
  const store = session.host?.keeper.current ?? null;
  return {
    ...familyReport(session, endpoint),
    documents: documents[endpoint] ?? 0,
    rows: rows[endpoint] ?? 0,
    setAside: store?.setAside.list(endpoint).length ?? 0,
    blocked: family.blocked,
    failures: family.failures,
    lastError: family.errorCode,
    lastAttemptAt: isoInstant(family.lastAttemptAt),
    lastChangeAt: isoInstant(family.lastChangeAt),
    inFlight: family.inFlight,
  };
}
