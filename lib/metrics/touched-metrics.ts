import type { EndpointKey } from '../catalogue/endpoints';
import { METRIC_KEYS, metricOf, type MetricKey } from '../catalogue/metrics';

/** The metrics that a change of a family may change, in the table's order. Each metric is read from one family. */
export function touchedMetrics(endpoint: EndpointKey): readonly MetricKey[] {
  return METRIC_KEYS.filter((key) => metricOf(key).endpoint === endpoint);
}
