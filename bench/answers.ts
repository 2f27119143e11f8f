import { performance } from 'node:perf_hooks';
import { judge } from '../lib/api/judge';
import { systemClock } from '../lib/async/system-clock';
import { endpointOf, type EndpointKey } from '../lib/catalogue/endpoints';
import type { Body, ChangeContext } from '../lib/ports/documents';
import type { PersonStore } from '../lib/ports/person-store';
import { answerQuery } from '../lib/sources/answer-query';
import type { SourceQuery } from '../lib/sources/source-query';
import { openSqliteStore } from '../lib/store/sqlite-store';
import { FamilyBook } from '../lib/sync/family-book';
import { identifyDocuments, matchByOf } from '../lib/sync/identify-documents';
import { addDays } from '../lib/sync/local-day';
import { report } from './measured';
import { SCENE } from './scene';

const TODAY = new Date(SCENE.now).toISOString().slice(0, 10);
const MONTH: SourceQuery = { select: 'range', from: addDays(TODAY, -29), to: TODAY, single: false };
const ROUNDS = 101;
const WARM_UP = 20;

/** What nodes wait for when five years are in the file. Argument: the database. */
function main(file: string): void {
  const store = openSqliteStore(file, { clock: systemClock });
  report({
    monthOfDays: medianMs(() => {
      ask(store, 'daily_sleep', MONTH);
    }),
    monthOfNights: medianMs(() => {
      ask(store, 'sleep', MONTH);
    }),
    monthOfRows: medianMs(() => {
      ask(store, 'heartrate', MONTH);
    }),
    latest: medianMs(() => {
      ask(store, 'sleep', { select: 'latest' });
    }),
    knownDocuments: knownPage(store, 'daily_sleep', newestDocuments(store, 'daily_sleep', SCENE.documentsPerPage)),
    knownRows: knownPage(store, 'heartrate', newestRows(store, 'heartrate', SCENE.rowsPerPage)),
  });
  store.close();
}

function ask(store: PersonStore, endpoint: EndpointKey, query: SourceQuery): void {
  answerQuery(query, store, { endpoint, zone: SCENE.zone, today: TODAY, family: FamilyBook.fresh(true), keepFrom: SCENE.firstDay });
}

/** From the text of a page, all of which is known, to the certainty that nothing is new. */
function knownPage(store: PersonStore, endpoint: EndpointKey, bodies: readonly Body[]): number {
  const text = JSON.stringify(bodies);
  const context: ChangeContext = { via: 'poll', historic: false, at: SCENE.now };
  const head = store.changes.head();
  const ms = medianMs(() => {
    const { items } = judge(endpointOf(endpoint).schema, JSON.parse(text) as Body[]); // written five lines above
    if (endpointOf(endpoint).kind === 'series') {
      store.series.append(
        endpoint,
        items.map((body) => ({ time: Date.parse(String(body['timestamp'])), body })),
        context,
      );
    } else store.documents.upsert(endpoint, matchByOf(endpoint), identifyDocuments(endpoint, items), context);
  });
  if (store.changes.head() !== head) throw new Error(`a known page of ${endpoint} was taken for news`);
  return ms;
}

function newestDocuments(store: PersonStore, endpoint: EndpointKey, count: number): readonly Body[] {
  return store.documents
    .range(endpoint, null, null)
    .slice(-count)
    .map(({ body }) => body);
}

function newestRows(store: PersonStore, endpoint: EndpointKey, count: number): readonly Body[] {
  return store.series
    .range(endpoint, SCENE.now - 7 * 86_400_000, SCENE.now)
    .slice(-count)
    .map(({ body }) => body);
}

function medianMs(work: () => void): number {
  for (let round = 0; round < WARM_UP; round += 1) work();
  const times = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return times.toSorted((a, b) => a - b)[(ROUNDS - 1) / 2] ?? NaN;
}

main(process.argv[2] ?? '');
