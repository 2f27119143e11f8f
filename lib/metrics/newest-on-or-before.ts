import type { EndpointKey } from '../catalogue/endpoints';
import type { Documents, StoredDocument } from '../ports/documents';
import { addDays } from '../sync/local-day';

const NEAR_DAYS = 31;

/** The newest whose day is not after `day`. Later ones exist after a journey west, or for a late nap, which counts to the next day. */
export function newestOnOrBefore(
  documents: Pick<Documents, 'range' | 'newest'>,
  endpoint: EndpointKey,
  day: string,
): StoredDocument | null {
  const newest = documents.newest(endpoint);
  if (newest === null || (newest.day !== null && newest.day <= day)) return newest;
  const near = documents.range(endpoint, addDays(day, -NEAR_DAYS), day).at(-1);
  return near ?? documents.range(endpoint, null, day).at(-1) ?? null;
}
