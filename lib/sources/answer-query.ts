import { endpointOf, type EndpointKey } from '../catalogue/endpoints';
import type { Reason } from '../catalogue/reasons';
import type { Body } from '../ports/documents';
import type { PersonStore } from '../ports/person-store';
import { addDays, earlier, later, localDay, startOfDay } from '../sync/local-day';
import type { FamilyState } from '../sync/plan';
import { documentPayload } from './document-payload';
import type { SourceQuery } from './source-query';

/** Days of a family that the local copy holds; null = none yet. */
export interface Coverage {
  readonly from: string | null;
  readonly to: string | null;
  /** All asked-for days are in the local copy. */
  readonly complete: boolean;
}

export interface Answer {
  /** One document (or null) for `latest` and `id`, a list otherwise. */
  readonly payload: unknown;
  readonly isList: boolean;
  readonly coverage: Coverage;
}

/** What an answer depends on besides the store. */
export interface AnswerContext {
  readonly endpoint: EndpointKey;
  readonly zone: string;
  readonly today: string;
  readonly family: FamilyState;
  /** Earlier days are dropped by retention. */
  readonly keepFrom: string;
}

/** Answers from the local copy alone; never waits for Oura. */
export function answerQuery(query: SourceQuery, store: PersonStore, context: AnswerContext): Answer {
  const isSeries = endpointOf(context.endpoint).kind === 'series';
  const payload = isSeries ? answerSeries(query, store, context) : answerDocuments(query, store, context.endpoint);
  return { payload, isList: query.select === 'range', coverage: coverageOf(query, context) };
}

/** Why a family has nothing to show. */
export function emptyReason({ family }: Pick<AnswerContext, 'family'>): Reason {
  if (!family.enabled) return 'disabled';
  if (family.blocked !== null) return family.blocked;
  if (family.reached !== null) return 'no_data';
  return family.failures > 0 ? 'error' : 'pending';
}

function answerDocuments(query: SourceQuery, { documents }: PersonStore, endpoint: EndpointKey): unknown {
  if (query.select === 'range') return documents.range(endpoint, query.from, query.to).map(documentPayload);
  const found = query.select === 'id' ? documents.find(endpoint, query.id) : documents.newest(endpoint);
  return found === null ? null : documentPayload(found);
}

function answerSeries(query: SourceQuery, { series }: PersonStore, { endpoint, zone }: AnswerContext): unknown {
  if (query.select === 'id') return null; // rows of a series have no id
  if (query.select === 'latest') return copyOf(series.newest(endpoint)?.body ?? null);
  return series.range(endpoint, startOfDay(query.from, zone), startOfDay(addDays(query.to, 1), zone)).map(({ body }) => copyOf(body));
}

function copyOf(body: Body | null): unknown {
  return structuredClone(body);
}

function coverageOf(query: SourceQuery, { family, today, zone, keepFrom, endpoint }: AnswerContext): Coverage {
  const { reached, lastSuccessAt } = family;
  if (reached === null || lastSuccessAt === null) return { from: null, to: null, complete: false };
  const from = later(reached, keepFrom);
  const to = earlier(localDay(lastSuccessAt, zone), today);
  const hasWindow = endpointOf(endpoint).window.params !== 'none';
  const complete = query.select !== 'range' || !hasWindow || (query.from >= from && query.to <= to);
  return { from, to, complete };
}
