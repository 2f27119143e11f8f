import type { EntityState } from '../home/entity';
import type { MetricValue } from '../metrics/metric-value';
import { isoInstant } from '../sources/iso-instant';

/** What the entity of a metric shows. Its attributes change with the document and with the reason, never with time alone. */
export function showMetric({ key, value, day, firstSeen, lastReset, reason, attributes }: MetricValue): EntityState {
  return {
    key,
    state: value,
    attributes: {
      ...attributes,
      ...(day !== null && { day }),
      ...(firstSeen !== null && { first_seen: isoInstant(firstSeen) }),
      ...(reason !== null && { reason }),
    },
    lastReset,
  };
}
