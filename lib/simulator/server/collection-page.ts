import { endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import type { SimulatedDocument } from '../types';
import type { PersonData } from './person-data';
import type { PagePosition } from './page-tokens';
import type { Bounds } from './window-of';

/** Rows are made for a stretch of this length, then for twice as long, until a page is full: a month of them for each is slow. */
const FIRST_SPAN_MS = 2 * 86_400_000;

export interface Page {
  readonly documents: readonly SimulatedDocument[];
  /** null after the last page */
  readonly next: PagePosition | null;
}

/** One page, oldest first. The position is a place in time, so documents that arrive between two pages shift nothing. */
export function collectionPage(data: PersonData, key: EndpointKey, position: PagePosition, size: number, now: number): Page {
  const { fromMs, toMs, anchorMs, skip } = position;
  const found = listAtLeast(size + skip + 1, data, key, { fromMs: Math.max(fromMs, anchorMs), toMs }, now);
  const equal = found.findIndex((document) => document.anchorMs >= anchorMs);
  const rest = equal === -1 ? [] : found.slice(equal + skip);
  const documents = rest.slice(0, size);
  const last = documents.at(-1);
  if (last === undefined || rest.length <= size) return { documents, next: null };
  const before = last.anchorMs === anchorMs ? skip : 0;
  const same = documents.filter((document) => document.anchorMs === last.anchorMs).length;
  return { documents, next: { fromMs, toMs, anchorMs: last.anchorMs, skip: before + same } };
}

/** Documents of a window from its beginning on: all of them, or of a series so many or some more. */
function listAtLeast(count: number, data: PersonData, key: EndpointKey, window: Bounds, now: number): readonly SimulatedDocument[] {
  const { fromMs, toMs } = window;
  if (endpointOf(key).kind !== 'series') return data.list(key, fromMs, toMs, now);
  const found: SimulatedDocument[] = [];
  for (let from = fromMs, span = FIRST_SPAN_MS; from <= toMs && found.length < count; span *= 2) {
    const to = Math.min(from + span - 1, toMs);
    for (const document of data.list(key, from, to, now)) found.push(document);
    from = to + 1;
  }
  return found;
}
