import { ENDPOINTS, endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import type { Body } from '../../ports/documents';

/**
 * Applies `fields`: the named fields and those always returned (id with start, timestamp or day). Unknown names are ignored; if none
 * is known, or the family ignores `fields` (daily_resilience, the tags), the document comes whole (third parties' probes, July and
 * August 2026).
 */
export function selectFields(key: EndpointKey, fields: string | null, documents: readonly Body[]): readonly Body[] {
  const row = endpointOf(key);
  if (fields === null || !row.selectable) return documents;
  const known = new Set(Object.keys(ENDPOINTS[key].schema.shape));
  const wanted = fields.split(',').map((name) => name.trim());
  const valid = wanted.filter((name) => known.has(name));
  if (valid.length === 0) return documents;
  return documents.map((body) => {
    const always = ['id', row.start ?? ('timestamp' in body ? 'timestamp' : (row.day ?? 'id'))];
    const kept = new Set([...always, ...valid]);
    return Object.fromEntries(Object.entries(body).filter(([name]) => kept.has(name)));
  });
}
