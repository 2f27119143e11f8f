import { metricOf, type MetricKey } from '../catalogue/metrics';
import type { EndpointKey } from '../catalogue/endpoints';
import type { Wanted } from './import-job';
import { addsUp, STATISTIC_KEYS, statisticMetric } from './statistic-keys';

/** Whose statistics, and which. */
export interface StatisticsChoice {
  readonly slug: string;
  /** Of the person's device: `Oura <name>`. */
  readonly deviceName: string;
  /** Groups and metrics chosen; both empty = all. */
  readonly groups: readonly string[];
  readonly metrics: readonly string[];
  /** Whether a family may be published. */
  readonly isPublished: (endpoint: EndpointKey) => boolean;
  /** The name of a metric in Home Assistant's language. */
  readonly nameOf: (key: MetricKey) => string;
}

/** The statistics that shall be in Home Assistant, named as the entities are. */
export function wantedStatistics({ slug, deviceName, groups, metrics, isPublished, nameOf }: StatisticsChoice): readonly Wanted[] {
  const isAll = groups.length === 0 && metrics.length === 0;
  return STATISTIC_KEYS.filter((key) => {
    const { group, endpoint } = metricOf(key);
    return isPublished(endpoint) && (isAll || groups.includes(group) || metrics.includes(key));
  }).map((key) => ({
    key,
    statistic: {
      id: `oura:${slug}_${key}`,
      name: `${deviceName} ${nameOf(key)}`,
      unit: statisticMetric(key)?.quantity.unit ?? null,
      kind: addsUp(key) ? 'sum' : 'mean',
    },
  }));
}
