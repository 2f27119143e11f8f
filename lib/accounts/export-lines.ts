import { nextTurn } from '../async/next-turn';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { StoredDocument } from '../ports/documents';
import type { PersonStore } from '../ports/person-store';
import { addDays } from '../sync/local-day';

const DAY_MS = 86_400_000;
/** Days of documents read at once: a few milliseconds of work. */
const STEP_DAYS = 60;

/** How many documents and rows were written so far, by endpoint. */
export interface ExportCounts {
  readonly documents: Record<string, number>;
  readonly rows: Record<string, number>;
}

/**
 * A person's data as lines of JSON, endpoint by endpoint, oldest first; lets others work between two pieces.
 * @param counts grows with what was given out
 */
export async function* exportLines(store: PersonStore, counts: ExportCounts): AsyncGenerator<string, void, void> {
  for (const endpoint of ENDPOINT_KEYS) {
    yield* endpointOf(endpoint).kind === 'series' ? rowLines(store, endpoint, counts) : documentLines(store, endpoint, counts);
    for (const { reason, at, body } of store.setAside.list(endpoint)) yield JSON.stringify({ endpoint, setAside: { reason, at, body } });
    await nextTurn();
  }
}

async function* documentLines(store: PersonStore, endpoint: EndpointKey, { documents }: ExportCounts): AsyncGenerator<string, void, void> {
  const lineOf = ({ endpoint: of, ...document }: StoredDocument): string => {
    count(documents, endpoint, 1);
    return JSON.stringify({ endpoint: of, document });
  };
  const newest = store.documents.newest(endpoint)?.day ?? null;
  let from: string | null = null;
  let to: string = LIMITS.firstDay;
  while (newest !== null && (from ?? '') <= newest) {
    for (const document of store.documents.range(endpoint, from, to)) yield lineOf(document);
    from = addDays(to, 1);
    to = addDays(to, STEP_DAYS);
    await nextTurn();
  }
  const stored = store.stats().documents[endpoint] ?? 0;
  if (stored <= (documents[endpoint] ?? 0)) return;
  for (const document of store.documents.range(endpoint, null, null)) if (document.day === null) yield lineOf(document);
}

/** A line per UTC day that has rows. */
async function* rowLines(store: PersonStore, endpoint: EndpointKey, counts: ExportCounts): AsyncGenerator<string, void, void> {
  const last = store.series.newest(endpoint)?.time ?? -Infinity;
  const first = Date.parse(LIMITS.firstDay);
  for (let from = -8.64e15, to = first; from <= last; from = to, to += DAY_MS) {
    const rows = store.series.range(endpoint, from, to);
    if (rows.length > 0) yield JSON.stringify({ endpoint, rows });
    count(counts.rows, endpoint, rows.length);
    if (rows.length > 0 || (to / DAY_MS) % STEP_DAYS === 0) await nextTurn();
  }
}

function count(counts: Record<string, number>, endpoint: EndpointKey, more: number): void {
  if (more > 0) counts[endpoint] = (counts[endpoint] ?? 0) + more;
}
