import type { EndpointKey } from '../../catalogue/endpoints';
import type { Chance } from './chance';
import { TOPICS } from './topics';
import { xmur3 } from './xmur3';

/** A UUID-like id of a document, decided by (seed, endpoint, day, n): the same for every version of it. */
export function documentId(chance: Chance, endpoint: EndpointKey, day: number, n = 0): string {
  const family = xmur3(endpoint);
  let hex = '';
  for (let part = 0; part < 4; part += 1)
    hex += chance
      .bits(TOPICS.id, family + day, 8 * n + part)
      .toString(16)
      .padStart(8, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
