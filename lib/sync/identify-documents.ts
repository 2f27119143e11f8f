import { endpointOf, type EndpointKey } from '../catalogue/endpoints';
import type { Body, IncomingDocument } from '../ports/documents';

/** How a provisional identity meets a real one: a daily document by its day, any other by its start. */
export function matchByOf(endpoint: EndpointKey): 'day' | 'start' {
  return endpointOf(endpoint).kind === 'daily' ? 'day' : 'start';
}

/**
 * Identity and place in time of documents that arrived together (DESIGN, "A document's identity").
 * The API's `id` if there is one; else the day (dailies); else the start, with an ordinal for equal ones.
 */
export function identifyDocuments(endpoint: EndpointKey, bodies: readonly Body[]): readonly IncomingDocument[] {
  const seen = new Map<string, number>();
  return bodies.map((body) => {
    const row = endpointOf(endpoint);
    const start = textOf(body, row.start);
    const day = textOf(body, row.day) ?? start?.slice(0, 10) ?? null;
    const place = { day, start, end: textOf(body, row.end), body };
    const id = textOf(body, 'id');
    if (id !== null && id !== '') return { id, provisional: false, ...place };
    const base = matchByOf(endpoint) === 'day' && day !== null ? `day:${day}` : `start:${start ?? 'unknown'}`;
    const ordinal = (seen.get(base) ?? 0) + 1;
    seen.set(base, ordinal);
    return { id: ordinal === 1 ? base : `${base}#${String(ordinal)}`, provisional: true, ...place };
  });
}

function textOf(body: Body, field: string | null): string | null {
  const value = field === null ? null : body[field];
  return typeof value === 'string' ? value : null;
}
