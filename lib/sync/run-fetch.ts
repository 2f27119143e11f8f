import type { OuraClient } from '../api/oura-client';
import { endpointOf, type EndpointKey } from '../catalogue/endpoints';
import type { Clock } from '../ports/clock';
import type { Body } from '../ports/documents';
import { askDocument, type Absent } from './ask-document';
import { FetchRun, type Pages } from './fetch-run';
import { newestRows } from './newest-rows';
import type { FamilyState, Fetch } from './plan';
import { reconcileDocuments } from './reconcile-documents';
import { reconcileSeries } from './reconcile-series';
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
  /** Families of which new rows told that there may be something new. */
  readonly hints: readonly EndpointKey[];
  /** The latest day of the documents that were created or updated; null = none, or they have no day. */
  readonly changedDay: string | null;
  readonly newestDay: string | null;
  readonly newestAt: number | null;
  /** A fetch of one document brought none, and this is why; nothing was deleted. */
  readonly absent?: Absent;
}

export interface FetchPorts {
  readonly client: OuraClient;
  readonly keeper: StoreKeeper;
  readonly clock: Clock;
  readonly zone: string;
  /** Retention: documents of an earlier day are not kept. */
  readonly keepFrom: string;
}

/**
 * Runs one fetch of a plan: asks Oura page by page and stores each page at once, in short transactions. A `reconcile` also compares: what
 * is stored of its days and was not in the answer is asked for, and deleted when Oura no longer has it. A `document` that Oura does not
 * have is no error: the outcome says so.
 * @throws OuraError what the client throws; the signal's reason. What was stored until then stays.
 */
export async function runFetch(fetch: Fetch, family: FamilyState, ports: FetchPorts, signal: AbortSignal): Promise<FetchOutcome> {
  const run = new FetchRun(fetch, family, ports);
  if (fetch.kind === 'document') return await runDocument(run, fetch.id, signal);
  if (fetch.kind === 'reconcile' && fetch.whole !== true && endpointOf(fetch.endpoint).kind === 'series' && family.newestAt !== null) {
    await reconcileSeries(run, fetch, signal);
    return run.tally;
  }
  const complete = await run.read((reading) => pagesOf(fetch, family, ports, reading), signal);
  if (fetch.kind === 'reconcile' && complete) await reconcileDocuments(run, fetch, signal);
  return run.tally;
}

async function runDocument({ fetch, ports, tally, writer }: FetchRun, id: string, signal: AbortSignal): Promise<FetchOutcome> {
  const { body, absent } = await askDocument(ports.client, fetch.endpoint, id, signal);
  if (absent !== null) return { ...tally, absent };
  await writer.write([body], signal);
  return tally;
}

function pagesOf(fetch: Exclude<Fetch, { kind: 'document' }>, family: FamilyState, ports: FetchPorts, signal: AbortSignal): Pages {
  const { endpoint } = fetch;
  const { client, zone } = ports;
  const purpose = { purpose: fetch.kind === 'history' ? ('history' as const) : ('fresh' as const) };
  const { kind, window } = endpointOf(endpoint);
  if (kind === 'singleton') return oneOf(() => client.personalInfo(purpose, signal));
  if (window.params === 'none') return client.pages(endpoint, null, purpose, signal);
  if (kind === 'series' && fetch.kind === 'recent' && family.newestAt !== null) {
    const { fromMs, toMs } = newestRows(fetch.from, family.newestAt, zone, ports.clock.now());
    return client.rowsSince(endpoint, fromMs, toMs, purpose, signal);
  }
  return client.pages(endpoint, { from: fetch.from, to: fetch.to, zone }, purpose, signal);
}

async function* oneOf(read: () => Promise<Body | null>): Pages {
  const body = await read();
  if (body !== null) yield { items: [body], setAside: [] };
}
