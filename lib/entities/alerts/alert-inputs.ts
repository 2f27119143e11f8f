import { ENDPOINT_KEYS, endpointOf } from '../../catalogue/endpoints';
import type { MetricKey } from '../../catalogue/metrics';
import { metricNow } from '../../metrics/metric-now';
import type { MetricInputs } from '../../metrics/metric-value';
import { newestOnOrBefore } from '../../metrics/newest-on-or-before';
import type { AccountState } from '../../sync/engine-events';
import { later, localDay } from '../../sync/local-day';
import type { ControlValues } from '../control-values';
import type { AlertInputs } from './judgement';
import { restingBaseline } from './resting-baseline';

/** What the ring brings by itself on each day it is worn. */
const FROM_RING = ['daily_activity', 'sleep', ...ENDPOINT_KEYS.filter((key) => endpointOf(key).kind === 'series')] as const;

/** What alerts are judged by, from the local copy and the state of the account. */
export function alertInputs(metrics: MetricInputs, controls: Pick<ControlValues, 'number'>, state: AccountState['kind']): AlertInputs {
  const { documents, series, today, now, zone, freshness } = metrics;
  const days = FROM_RING.flatMap((key) => {
    if (endpointOf(key).kind !== 'series') return newestOnOrBefore(documents, key, today)?.day ?? [];
    const row = series.newest(key);
    return row === null ? [] : localDay(row.time, zone);
  });
  return {
    today,
    now,
    controls,
    value: (key: MetricKey) => metricNow(key, metrics),
    baselineBefore: (day) => restingBaseline(documents, day),
    newestDay: days.length === 0 ? null : days.reduce(later),
    hasAsked: FROM_RING.some((key) => freshness(key).fetchedToday),
    needsSignIn: state === 'sign_in' ? true : state === 'connected' || state === 'syncing' ? false : null,
  };
}
