import type { EndpointKey } from '../../catalogue/endpoints';
import type { SimulatedDocument } from '../types';
import type { PersonData } from './person-data';
import type { EventType } from './subscription-book';

const DAY_MS = 86_400_000;
/** Documents that began longer ago are not watched; no ring stores that much. */
const WATCHED_MS = 40 * DAY_MS;
const AHEAD_MS = 2 * DAY_MS;
/** Versions of one document followed back. */
const MOST_VERSIONS = 100;

export interface DocumentChange {
  readonly kind: EventType;
  readonly id: string;
  readonly at: number;
}

/** What became visible, changed or went in (from, to], each version of a document by itself, oldest first. */
export function documentChanges(data: PersonData, key: EndpointKey, from: number, to: number): readonly DocumentChange[] {
  const [lo, hi] = [from - WATCHED_MS, to + AHEAD_MS];
  const before = idsOf(data.person.documents(key, lo, hi, from));
  const now = data.person.documents(key, lo, hi, to);
  const present = idsOf(now);
  const written = now.filter(({ visibleAt }) => visibleAt > from).flatMap((document) => versions(data, key, document, before, from));
  const gone = [...before].filter((id) => !present.has(id)).map((id) => ({ kind: 'delete' as const, id, at: to }));
  return [...written, ...gone].filter(({ id, at }) => !data.isOverridden(key, id, at)).toSorted((a, b) => a.at - b.at);
}

function versions(
  data: PersonData,
  key: EndpointKey,
  newest: SimulatedDocument,
  before: ReadonlySet<string>,
  from: number,
): readonly DocumentChange[] {
  const { id } = newest.body;
  if (typeof id !== 'string') return [];
  const instants = [newest.visibleAt];
  for (let at = newest.visibleAt; instants.length < MOST_VERSIONS;) {
    const around = data.person.documents(key, newest.anchorMs - DAY_MS, newest.anchorMs + DAY_MS, at - 1);
    const earlier = around.find(({ body }) => body['id'] === id)?.visibleAt;
    if (earlier === undefined || earlier <= from || earlier >= at) break;
    instants.unshift(earlier);
    at = earlier;
  }
  return instants.map((at, index) => ({ kind: index === 0 && !before.has(id) ? 'create' : 'update', id, at }));
}

function idsOf(documents: readonly SimulatedDocument[]): ReadonlySet<string> {
  return new Set(documents.map(({ body }) => body['id']).filter((id) => typeof id === 'string'));
}
