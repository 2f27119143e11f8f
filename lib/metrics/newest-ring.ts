import { instantAt } from '../catalogue/readers/instant-at';
import type { Documents, StoredDocument } from '../ports/documents';

/** The ring that was set up last; one without that date counts as oldest (some carry 1970). */
export function newestRing(documents: Pick<Documents, 'range'>): StoredDocument | null {
  const setUp = ({ body }: StoredDocument): number => instantAt(body, 'set_up_at')?.ms ?? -Infinity;
  const rings = documents.range('ring_configuration', null, null);
  return rings.reduce<StoredDocument | null>((newest, ring) => (newest === null || setUp(ring) >= setUp(newest) ? ring : newest), null);
}
