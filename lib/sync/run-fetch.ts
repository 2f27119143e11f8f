import type { OuraClient } from '../api/oura-client';
import type { Page } from '../api/page';
import { readAhead } from '../async/read-ahead';
import { endpointOf } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { Clock } from '../ports/clock';
import type { Body, ChangeContext, Via } from '../ports/documents';
import { startOfDay } from './local-day';
import { PageWriter } from './page-writer';
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
  const writer = new PageWriter(fetch.endpoint, context, { ...ports, from: firstDayOf(fetch, family) }, tally);
  for await (const page of readAhead((reading) => pagesOf(fetch, family, ports, reading), signal)) {
    for (const { reason, body } of page.setAside) {
      const isNew = ports.keeper.write((store) => store.setAside.put({ endpoint: fetch.endpoint, reason, body, at: context.at }));
      if (isNew) tally.setAside.push(reason);
    }
    await writer.write(page.items, signal);
  }
  await writer.finish(signal);
  return tally;
}

function contextOf(fetch: Fetch, family: FamilyState, at: number): ChangeContext {
  const via = VIA[fetch.kind];
  const before = fetch.kind === 'reconcile' && (family.reached === null || fetch.to < family.reached);
  return { via, historic: fetch.kind === 'first' || fetch.kind === 'history' || before, at };
}

/** A poll's window is padded: what comes along from before the days that are loaded is not new, and is left to the history. */
function firstDayOf(fetch: Fetch, { reached }: FamilyState): string | null {
  return fetch.kind === 'recent' && endpointOf(fetch.endpoint).window.params !== 'none' ? reached : null;
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
    const unread = Math.min(startOfDay(fetch.from, zone), now - LIMITS.silenceMaxDays * DAY_MS); // longer ago when nobody asked for longer
    const since = Math.max(family.newestAt - LIMITS.seriesOverlapMs, unread);
    return client.rowsSince(endpoint, Math.min(since, now), now + DAY_MS, purpose, signal);
  }
  return client.pages(endpoint, { from: fetch.from, to: fetch.to, zone }, purpose, signal);
}

async function* oneOf(read: () => Promise<Body | null>): Pages {
  const body = await read();
  if (body !== null) yield { items: [body], setAside: [] };
}
