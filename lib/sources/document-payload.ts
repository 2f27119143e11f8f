import type { IncomingDocument } from '../ports/documents';

type Placed = Pick<IncomingDocument, 'id' | 'day' | 'start' | 'end' | 'body'>;

/**
 * A message's payload: the document as received; `id`, `day`, `start`, `end` are added where the API names them otherwise or gave none. A
 * copy of its own.
 */
export function documentPayload({ id, day, start, end, body }: Placed): Record<string, unknown> {
  const added = { id, ...(day !== null && { day }), ...(start !== null && { start }), ...(end !== null && { end }) };
  return { ...added, ...structuredClone(body) };
}
