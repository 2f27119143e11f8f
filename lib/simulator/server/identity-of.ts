import type { Endpoint } from '../../catalogue/endpoint';
import type { Body } from '../../ports/documents';

/** What tells a document from the others of its family: its id, else the instant of a row, else its start or day. */
export function identityOf(row: Endpoint, body: Body): string {
  if (typeof body['id'] === 'string' && row.kind !== 'series') return body['id'];
  const start = row.start === null ? undefined : body[row.start];
  if (typeof start === 'string') return String(Date.parse(start));
  const day = row.day === null ? undefined : body[row.day];
  return typeof day === 'string' ? day : '';
}
