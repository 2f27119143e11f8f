import { endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import type { PersonStore } from '../../ports/person-store';
import { documentPayload } from '../../sources/document-payload';
import { addDays, localDay, startOfDay } from '../../sync/local-day';

/**
 * What a family's topic holds: its newest document as JSON, as a source message has it; of a series the rows of the newest row's local day.
 * @returns null when there is nothing
 */
export function bridgePayload(endpoint: EndpointKey, { documents, series }: PersonStore, zone: string): string | null {
  if (endpointOf(endpoint).kind !== 'series') {
    const newest = documents.newest(endpoint);
    return newest === null ? null : JSON.stringify(documentPayload(newest));
  }
  const row = series.newest(endpoint);
  if (row === null) return null;
  const day = localDay(row.time, zone);
  const rows = series.range(endpoint, startOfDay(day, zone), startOfDay(addDays(day, 1), zone));
  return JSON.stringify(rows.map(({ body }) => body));
}
