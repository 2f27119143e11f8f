import type { Metric } from './metric';
import { DAILY_ACTIVITY_METRICS } from './metrics/daily-activity';
import { DAILY_READINESS_METRICS } from './metrics/daily-readiness';
import { DAILY_SLEEP_METRICS } from './metrics/daily-sleep';
import { HEART_METRICS } from './metrics/heart';
import { PERSON_METRICS } from './metrics/person';
import { REST_MODE_METRICS } from './metrics/rest-mode';
import { RING_METRICS } from './metrics/ring';
import { SESSION_METRICS } from './metrics/session';
import { SLEEP_METRICS } from './metrics/sleep';
import { SLEEP_DERIVED_METRICS } from './metrics/sleep-derived';
import { SLEEP_TIME_METRICS } from './metrics/sleep-time';
import { SPO2_METRICS } from './metrics/spo2';
import { STRESS_METRICS } from './metrics/stress';
import { TAG_METRICS } from './metrics/tag';
import { WORKOUT_METRICS } from './metrics/workout';

/** The tables, one per family, in the order of METRICS. */
export const METRIC_TABLES = [
  DAILY_SLEEP_METRICS,
  SLEEP_METRICS,
  SLEEP_DERIVED_METRICS,
  SLEEP_TIME_METRICS,
  DAILY_READINESS_METRICS,
  DAILY_ACTIVITY_METRICS,
  HEART_METRICS,
  SPO2_METRICS,
  STRESS_METRICS,
  WORKOUT_METRICS,
  SESSION_METRICS,
  TAG_METRICS,
  REST_MODE_METRICS,
  RING_METRICS,
  PERSON_METRICS,
] as const;

/** Every metric that is read from the API's documents without history. Keys and units never change; a new meaning is a new key. */
export const METRICS = {
  ...DAILY_SLEEP_METRICS,
  ...SLEEP_METRICS,
  ...SLEEP_DERIVED_METRICS,
  ...SLEEP_TIME_METRICS,
  ...DAILY_READINESS_METRICS,
  ...DAILY_ACTIVITY_METRICS,
  ...HEART_METRICS,
  ...SPO2_METRICS,
  ...STRESS_METRICS,
  ...WORKOUT_METRICS,
  ...SESSION_METRICS,
  ...TAG_METRICS,
  ...REST_MODE_METRICS,
  ...RING_METRICS,
  ...PERSON_METRICS,
} as const satisfies Record<string, Metric>;

export type MetricKey = keyof typeof METRICS;

/** All metric keys, in the table's order. */
export const METRIC_KEYS = Object.keys(METRICS) as readonly MetricKey[]; // Object.keys forgets the literal keys

/** The table's row under its general type. */
export function metricOf(key: MetricKey): Metric {
  return METRICS[key];
}

/** Whether a text names a metric. */
export function isMetricKey(key: string): key is MetricKey {
  return Object.hasOwn(METRICS, key);
}
