import type { EndpointKey } from '../catalogue/endpoints';
import type { Metric } from '../catalogue/metric';
import { METRIC_KEYS, metricOf, type MetricKey } from '../catalogue/metrics';
import type { NumberQuantity } from '../catalogue/quantity';

/** Picks whose value has no day of its own (the person, the ring) or is one moment of a series. */
const WITHOUT_DAY: readonly Metric['pick'][] = ['row', 'ring', 'person', 'begun'];

/** What a statistic needs to know of its metric. */
export type StatisticMetric = Metric & { readonly quantity: NumberQuantity };

/** The metric when it has long-term statistics: a number that Home Assistant knows how to aggregate, on a day of its own; else null. */
export function statisticMetric(key: MetricKey): StatisticMetric | null {
  const metric = metricOf(key);
  const { quantity, pick } = metric;
  if (quantity.kind !== 'number' || quantity.stateClass === null || WITHOUT_DAY.includes(pick)) return null;
  return { ...metric, quantity } as StatisticMetric; // the same row, its quantity narrowed
}

/** All metrics that have long-term statistics, in the table's order. */
export const STATISTIC_KEYS: readonly MetricKey[] = METRIC_KEYS.filter((key) => statisticMetric(key) !== null);

/** Families that have such metrics, in the table's order. */
export const STATISTIC_FAMILIES: readonly EndpointKey[] = [...new Set(STATISTIC_KEYS.map((key) => metricOf(key).endpoint))];

/** Whether a metric adds up from day to day: its statistic has a sum. */
export function addsUp(key: MetricKey): boolean {
  return statisticMetric(key)?.quantity.stateClass === 'total';
}
