import { ENDPOINT_KEYS, type EndpointKey } from '../catalogue/endpoints';
import type { OuraError } from '../errors/oura-error';
import type { AccountSession } from '../sync/account-session';
import type { EngineEvent } from '../sync/engine-events';
import type { Problem } from '../sync/problem-list';
import { familyReport } from './family-report';
import { isoInstant } from './iso-instant';
import { problemBehind } from './problem-behind';

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

/**
 * What an event of the engine is as a payload of the status node; null when it is not wanted or not worth a message.
 * @param problems those that stand now: a state comes with the one behind it
 */
export function statusOfEvent(
  event: EngineEvent,
  choice: StatusChoice,
  wording: Wording,
  problems: readonly Problem[],
): Record<string, unknown> | null {
  switch (event.type) {
    case 'synced': {
      const { created, updated, deleted, rows } = event.outcome;
      const isWorth = created + updated + deleted + rows > 0 && event.fetch !== 'history';
      return choice.syncs && isWorth
        ? { event: 'sync', family: event.endpoint, fetch: event.fetch, changes: { created, updated, deleted, rows } }
        : null;
    }
    case 'state':
      return choice.states ? { event: 'state', state: event.state, ...wordsOf(problemBehind(event.state, problems), wording) } : null;
    case 'problem':
      return choice.problems ? { event: 'problem', ...problemOf(event.error, event.endpoint, wording) } : null;
    case 'solved':
      return choice.problems ? { event: 'solved', code: event.code, ...(event.endpoint !== null && { family: event.endpoint }) } : null;
    case 'webhooks':
      return choice.states ? { event: 'webhooks', health: event.health } : null;
    case 'heard':
      return null; // the webhook node tells of each event
  }
}

/** The full report: state, problems, requests of the day, and per family what is fresh, what is missing and why. */
export function statusReport(session: AccountSession, wording: Wording): Record<string, unknown> {
  const { host, connection, config } = session;
  const engine = host?.engine ?? null;
  return {
    event: 'report',
    state: session.state,
    ...wordsOf(problemBehind(session.state, session.problems), wording),
    mode: config.mode,
    problems: session.problems.map(({ error, endpoint }) => problemOf(error, endpoint, wording)),
    requests: connection?.budget.today() ?? null,
    nextAt: isoInstant(engine?.nextAt ?? null),
    storage: host?.keeper.current.kind ?? null,
    sharedWith: host?.leader === config.id ? null : (host?.leader ?? null),
    families: ENDPOINT_KEYS.map((endpoint) => familyReport(session, endpoint)),
  };
}

function problemOf(error: OuraError, endpoint: EndpointKey | null, wording: Wording): Record<string, unknown> {
  return { ...wordsOf(error, wording), ...(endpoint !== null && { family: endpoint }) };
}

function wordsOf(error: OuraError | null, { text, remedy }: Wording): Record<string, unknown> {
  return error === null ? {} : { code: error.code, text: text(error), remedy: remedy(error) };
}
