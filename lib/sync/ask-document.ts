import type { OuraClient } from '../api/oura-client';
import type { EndpointKey } from '../catalogue/endpoints';
import { OuraError } from '../errors/oura-error';
import type { Body } from '../ports/documents';

/** Why there is no document: `missing` Oura was asked and answered 404 · `unasked` there is no way to ask, so nothing is known. */
export type Absent = 'missing' | 'unasked';

export type DocumentAnswer = { readonly body: Body; readonly absent: null } | { readonly body: null; readonly absent: Absent };

/**
 * Asks for one document by its id.
 * @throws OuraError of every kind but `not_found`; the signal's reason
 */
export async function askDocument(client: OuraClient, endpoint: EndpointKey, id: string, signal: AbortSignal): Promise<DocumentAnswer> {
  if (!client.asksFor(endpoint, id)) return { body: null, absent: 'unasked' };
  try {
    return { body: await client.document(endpoint, id, { purpose: 'fresh' }, signal), absent: null };
  } catch (error) {
    if (error instanceof OuraError && error.code === 'not_found') return { body: null, absent: 'missing' };
    throw error;
  }
}
