import { ENDPOINT_KEYS, type EndpointKey } from '../catalogue/endpoints';
import type { OuraError } from '../errors/oura-error';
import { familyFreshness } from '../metrics/family-freshness';
import type { AccountSession } from '../sync/account-session';
import type { EngineEvent } from '../sync/engine-events';
import { pollEveryMs } from '../sync/engine-options';
import { dueAtOf } from '../sync/planner';
import { familyView } from './family-view';

/** Words for people, given by whoever can translate. */
export interface Wording {
  readonly text: (error: OuraError) => string;
  readonly remedy: (error: OuraError) => string;
}

export interface StatusChoice {
  readonly syncs: boolean;
  readonly states: boolean;
  readonly problems: boolean;
}

/** What an event of the engine is as a payload of the status node; null when it is not wanted or not worth a message. */
export function statusOfEvent(event: EngineEvent, choice: StatusChoice, wording: Wording): Record<string, unknown> | null {
  switch (event.type) {
    case 'synced': {
      const { created, updated, deleted, rows } = event.outcome;
      const isWorth = created + updated + deleted + rows > 0 && event.fetch !== 'history';
      return choice.syncs && isWorth
        ? { event: 'sync', family: event.endpoint, fetch: event.fetch, changes: { created, updated, deleted, rows } }
        : null;
    }
    case 'state':
      return choice.states ? { event: 'state', state: event.state } : null;
    case 'problem':
      return choice.problems ? { event: 'problem', ...problemOf(event.error, event.endpoint, wording) } : null;
    case 'solved':
      return choice.problems ? { event: 'solved', code: event.code, ...(event.endpoint !== null && { family: event.endpoint }) } : null;
  }
}

/** The full report: state, problems, requests of the day, and per family what is fresh, what is missing and why. */
export function statusReport(session: AccountSession, wording: Wording): Record<string, unknown> {
  const { host, connection, config } = session;
  const engine = host?.engine ?? null;
  return {
    event: 'report',
    state: session.state,
    mode: config.mode,
    problems: session.problems.map(({ error, endpoint }) => problemOf(error, endpoint, wording)),
    requests: connection?.budget.today() ?? null,
    nextAt: isoOf(engine?.nextAt ?? null),
    storage: host?.keeper.current.kind ?? null,
    sharedWith: host?.leader === config.id ? null : (host?.leader ?? null),
    families: ENDPOINT_KEYS.map((endpoint) => familyReport(session, endpoint)),
  };
}

function problemOf(error: OuraError, endpoint: EndpointKey | null, wording: Wording): Record<string, unknown> {
  return { code: error.code, text: wording.text(error), remedy: wording.remedy(error), ...(endpoint !== null && { family: endpoint }) };
}

function familyReport(session: AccountSession, endpoint: EndpointKey): Record<string, unknown> {
  const { zone, today, family } = familyView(session, endpoint);
  const now = session.connection?.clock.now() ?? null;
  const nextAt =
    now === null || !family.enabled ? null : dueAtOf(endpoint, family, { zone, intervalMs: pollEveryMs(session.config.engine) }, now);
  const inputs = { ...family, lastErrorCode: family.errorCode, nextAt: nextAt === 0 ? now : nextAt, today, zone };
  if (today === '') return { family: endpoint, newestDay: null, reason: 'pending' };
  const { newestDay, newestAt, fetchedAt, reason, error, nextAt: next } = familyFreshness(endpoint, inputs);
  return {
    family: endpoint,
    newestDay,
    newestAt: isoOf(newestAt),
    fetchedAt: isoOf(fetchedAt),
    nextAt: isoOf(next),
    reason,
    error,
    historyFrom: family.reached,
  };
}

function isoOf(ms: number | null): string | null {
  return ms === null || !Number.isFinite(ms) ? null : new Date(ms).toISOString();
}
