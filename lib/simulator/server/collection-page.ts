import type { EndpointKey } from '../../catalogue/endpoints';
import type { SimulatedDocument } from '../types';
import type { PersonData } from './person-data';
import type { PagePosition } from './page-tokens';

export interface Page {
  readonly documents: readonly SimulatedDocument[];
  /** null after the last page */
  readonly next: PagePosition | null;
}

/** One page, oldest first. The position is a place in time, so documents that arrive between two pages shift nothing. */
export function collectionPage(data: PersonData, key: EndpointKey, position: PagePosition, size: number, now: number): Page {
  const { fromMs, toMs, anchorMs, skip } = position;
  const found = data.list(key, Math.max(fromMs, anchorMs), toMs, now);
  const equal = found.findIndex((document) => document.anchorMs >= anchorMs);
  const rest = equal === -1 ? [] : found.slice(equal + skip);
  const documents = rest.slice(0, size);
  const last = documents.at(-1);
  if (last === undefined || rest.length <= size) return { documents, next: null };
  const before = last.anchorMs === anchorMs ? skip : 0;
  const same = documents.filter((document) => document.anchorMs === last.anchorMs).length;
  return { documents, next: { fromMs, toMs, anchorMs: last.anchorMs, skip: before + same } };
}
