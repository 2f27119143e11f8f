import type { EndpointKey } from '../catalogue/endpoints';
import type { Change } from '../ports/change-log';
import type { ChangeContext } from '../ports/documents';
import type { StoreKeeper } from './store-keeper';

/**
 * Deletes a document that Oura no longer has; the change log tells it, with what was there.
 * @returns the entry, or null when there was no such document
 */
export function deleteDocument(keeper: StoreKeeper, endpoint: EndpointKey, id: string, context: ChangeContext): Change | null {
  return keeper.write((store) => store.documents.delete(endpoint, id, context));
}
