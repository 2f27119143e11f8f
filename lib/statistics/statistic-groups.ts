import { METRIC_GROUPS, type MetricGroup } from '../catalogue/metric-groups';
import { metricOf, type MetricKey } from '../catalogue/metrics';
import { STATISTIC_KEYS } from './statistic-keys';

/** What can be chosen: metrics that have statistics, group by group, in the order they are shown. */
export const STATISTIC_GROUPS: readonly { readonly group: MetricGroup; readonly metrics: readonly MetricKey[] }[] = METRIC_GROUPS.map(
  (group) => ({ group, metrics: STATISTIC_KEYS.filter((key) => metricOf(key).group === group) }),
).filter(({ metrics }) => metrics.length > 0);
