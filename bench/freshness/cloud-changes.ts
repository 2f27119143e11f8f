import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../lib/catalogue/endpoints';
import type { SimulatedDocument, SimulatedPersonPort } from '../../lib/simulator/types';

const DAY_MS = 86_400_000;
/** Documents and rows that began longer ago than this before the run are not watched; no ring stores that much. */
const WATCHED_MS = 40 * DAY_MS;
/** How long after its beginning a document may still go. */
const MAY_GO_MS = 10 * DAY_MS;
const AHEAD_MS = 2 * DAY_MS;

/** One version of a document, or the rows of a series that one sync brought, visible in the cloud from `at` (epoch ms) on. */
export interface CloudChange {
  readonly endpoint: EndpointKey;
  readonly at: number;
  /** null = rows */
  readonly id: string | null;
  /** The document as JSON; null = it is gone, or rows. */
  readonly text: string | null;
  readonly kind: 'create' | 'update' | 'delete' | 'rows';
  /** Instants of the rows. */
  readonly times: readonly number[];
  /** false: the content is the one of the version before, so there is nothing to be seen */
  readonly isNew: boolean;
}

/** Everything that became visible, changed or went in (from, to], oldest first. */
export function cloudChanges(person: SimulatedPersonPort, from: number, to: number): readonly CloudChange[] {
  const all = ENDPOINT_KEYS.flatMap((key) => {
    const { kind } = endpointOf(key);
    if (kind === 'singleton') return [];
    return kind === 'series' ? batches(person, key, from, to) : versions(person, key, from, to);
  });
  return all.toSorted((a, b) => a.at - b.at);
}

function batches(person: SimulatedPersonPort, endpoint: EndpointKey, from: number, to: number): readonly CloudChange[] {
  const byMoment = new Map<number, Set<number>>();
  for (const { anchorMs, visibleAt } of person.documents(endpoint, from - WATCHED_MS, to + AHEAD_MS, to)) {
    if (visibleAt <= from) continue;
    const times = byMoment.get(visibleAt) ?? new Set();
    byMoment.set(visibleAt, times.add(anchorMs));
  }
  return [...byMoment].map(([at, times]) => ({ endpoint, at, id: null, text: null, kind: 'rows', times: [...times], isNew: true }));
}

function versions(person: SimulatedPersonPort, key: EndpointKey, from: number, to: number): readonly CloudChange[] {
  const found: CloudChange[] = [];
  for (const document of person.documents(key, from - WATCHED_MS, to + AHEAD_MS, to))
    found.push(...versionsOf(person, key, document, from));
  for (let start = from; start < to; start += DAY_MS) found.push(...gone(person, key, start, Math.min(start + DAY_MS, to), from));
  return found;
}

/** The versions of a document after `from`, the one given being the newest. */
function versionsOf(person: SimulatedPersonPort, endpoint: EndpointKey, newest: SimulatedDocument, from: number): readonly CloudChange[] {
  const id = idOf(newest);
  const chain = [newest];
  for (let [at, anchor] = [newest.visibleAt, newest.anchorMs]; at > from;) {
    const earlier = person.documents(endpoint, anchor - DAY_MS, anchor + DAY_MS, at - 1).find((one) => idOf(one) === id);
    if (earlier === undefined) break;
    chain.unshift(earlier);
    [at, anchor] = [earlier.visibleAt, earlier.anchorMs];
  }
  const texts = chain.map(({ body }) => JSON.stringify(body));
  return chain.flatMap(({ visibleAt: at }, n) => {
    if (at <= from) return [];
    const text = texts[n] ?? null;
    return [{ endpoint, at, id, text, kind: n === 0 ? 'create' : 'update', times: [], isNew: n === 0 || text !== texts[n - 1] }] as const;
  });
}

/** Documents that were there at `start` and are not at `end`, with the versions they had after `from`. */
function gone(person: SimulatedPersonPort, endpoint: EndpointKey, start: number, end: number, from: number): readonly CloudChange[] {
  const there = (now: number): readonly SimulatedDocument[] => person.documents(endpoint, start - MAY_GO_MS, start + AHEAD_MS, now);
  const left = new Set(there(end).map(idOf));
  return there(start).flatMap((document) => {
    const id = idOf(document);
    if (left.has(id)) return [];
    let [low, high] = [start, end];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (there(middle).some((one) => idOf(one) === id)) low = middle;
      else high = middle;
    }
    const last = there(low).find((one) => idOf(one) === id) ?? document;
    const ending = { endpoint, at: high, id, text: null, kind: 'delete', times: [], isNew: true } as const;
    return [...versionsOf(person, endpoint, last, from), ending];
  });
}

function idOf({ body }: SimulatedDocument): string {
  const { id } = body;
  if (typeof id !== 'string') throw new TypeError('a document without an id');
  return id;
}
