import type { OuraClient } from '../api/oura-client';
import type { Page } from '../api/page';
import { nextTurn } from '../async/next-turn';
import { endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { Clock } from '../ports/clock';
import type { Body, ChangeContext, Via } from '../ports/documents';
import { identifyDocuments, matchByOf } from './identify-documents';
import { localDay } from './local-day';
import type { FamilyState, Fetch } from './plan';
import type { StoreKeeper } from './store-keeper';

/** What one fetch brought. */
export interface FetchOutcome {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  /** Series rows that were new or changed. */
  readonly rows: number;
  /** Reasons of documents set aside for the first time. */
  readonly setAside: readonly string[];
  readonly newestDay: string | null;
  readonly newestAt: number | null;
}

export interface FetchPorts {
  readonly client: OuraClient;
  readonly keeper: StoreKeeper;
  readonly clock: Clock;
  readonly zone: string;
  /** Retention: documents of an earlier day are not kept. */
  readonly keepFrom: string;
}

const DAY_MS = 86_400_000;

const VIA: Readonly<Record<Fetch['kind'], Via>> = {
  first: 'backfill',
  history: 'backfill',
  recent: 'poll',
  probe: 'poll',
  reconcile: 'reconcile',
  document: 'webhook',
};

/** Runs one fetch of a plan: asks Oura page by page and stores each page at once, in short transactions. */
export async function runFetch(fetch: Fetch, family: FamilyState, ports: FetchPorts, signal: AbortSignal): Promise<FetchOutcome> {
  const tally = {
    created: 0,
    updated: 0,
    deleted: 0,
    rows: 0,
    setAside: [] as string[],
    newestDay: family.newestDay,
    newestAt: family.newestAt,
  };
  const context = contextOf(fetch, family, ports.clock.now());
  const keep = writerOf(fetch.endpoint, context, ports, tally);
  for await (const page of pagesOf(fetch, family, ports, signal)) {
    for (const { reason, body } of page.setAside) {
      const isNew = ports.keeper.write((store) => store.setAside.put({ endpoint: fetch.endpoint, reason, body, at: context.at }));
      if (isNew) tally.setAside.push(reason);
    }
    await keep(page.items, signal);
    signal.throwIfAborted();
  }
  return tally;
}

function contextOf(fetch: Fetch, family: FamilyState, at: number): ChangeContext {
  const via = VIA[fetch.kind];
  const before = fetch.kind === 'reconcile' && (family.reached === null || fetch.to < family.reached);
  return { via, historic: fetch.kind === 'first' || fetch.kind === 'history' || before, at };
}

type Pages = AsyncIterable<Pick<Page, 'items' | 'setAside'>>;

function pagesOf(fetch: Fetch, family: FamilyState, { client, clock, zone }: FetchPorts, signal: AbortSignal): Pages {
  const { endpoint } = fetch;
  const purpose = { purpose: fetch.kind === 'history' ? ('history' as const) : ('fresh' as const) };
  if (fetch.kind === 'probe') return oneOf(() => client.latest(endpoint, purpose, signal));
  if (fetch.kind === 'document') return oneOf(() => client.document(endpoint, fetch.id, purpose, signal));
  const { kind, window } = endpointOf(endpoint);
  if (kind === 'singleton') return oneOf(() => client.personalInfo(purpose, signal));
  if (window.params === 'none') return client.pages(endpoint, null, purpose, signal);
  if (kind === 'series' && fetch.kind === 'recent' && family.newestAt !== null) {
    const now = clock.now();
    const since = Math.max(family.newestAt - LIMITS.seriesOverlapMs, now - LIMITS.silenceMaxDays * DAY_MS);
    return client.rowsSince(endpoint, Math.min(since, now), now + DAY_MS, purpose, signal);
  }
  return client.pages(endpoint, { from: fetch.from, to: fetch.to, zone }, purpose, signal);
}

async function* oneOf(read: () => Promise<Body | null>): Pages {
  const body = await read();
  if (body !== null) yield { items: [body], setAside: [] };
}

type Tally = { -readonly [key in keyof FetchOutcome]: FetchOutcome[key] };

/** Writes a page in transactions short enough for the event loop. */
function writerOf(
  endpoint: EndpointKey,
  context: ChangeContext,
  ports: FetchPorts,
  tally: Tally,
): (bodies: readonly Body[], signal: AbortSignal) => Promise<void> {
  const isSeries = endpointOf(endpoint).kind === 'series';
  const step = isSeries ? LIMITS.rowsPerTransaction : LIMITS.documentsPerTransaction;
  const write = isSeries ? writeRows : writeDocuments;
  return async (bodies, signal) => {
    for (let from = 0; from < bodies.length; from += step) {
      signal.throwIfAborted();
      write(endpoint, bodies.slice(from, from + step), context, ports, tally);
      await nextTurn();
    }
  };
}

function writeDocuments(endpoint: EndpointKey, bodies: readonly Body[], context: ChangeContext, ports: FetchPorts, tally: Tally): void {
  const documents = identifyDocuments(endpoint, bodies).filter(({ day }) => day === null || day >= ports.keepFrom);
  const changes = ports.keeper.write((store) => store.documents.upsert(endpoint, matchByOf(endpoint), documents, context));
  for (const { kind } of changes) tally[kind] += 1;
  for (const { day } of documents) if (day !== null && (tally.newestDay === null || day > tally.newestDay)) tally.newestDay = day;
}

function writeRows(endpoint: EndpointKey, bodies: readonly Body[], context: ChangeContext, ports: FetchPorts, tally: Tally): void {
  const keepFrom = Date.parse(ports.keepFrom);
  const rows = bodies.map((body) => ({ time: Date.parse(String(body['timestamp'])), body })).filter(({ time }) => time >= keepFrom);
  const change = ports.keeper.write((store) => store.series.append(endpoint, rows, context));
  const newest = rows.reduce((latest, { time }) => Math.max(latest, time), tally.newestAt ?? -Infinity);
  if (Number.isFinite(newest) && newest !== tally.newestAt) {
    tally.newestAt = newest;
    tally.newestDay = localDay(newest, ports.zone);
  }
  if (change !== null) tally.rows += ports.keeper.current.series.changedRows(change.seq).length;
}
