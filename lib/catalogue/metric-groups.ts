/**
 * Groups in the order they are shown; keys never change, flows name them. English names of metrics begin with their group's name,
 * so that they sort together.
 */
export const METRIC_GROUPS = [
  'sleep',
  'nap',
  'bedtime',
  'readiness',
  'activity',
  'heart_rate',
  'cardio',
  'blood_oxygen',
  'stress',
  'resilience',
  'workout',
  'session',
  'tag',
  'rest_mode',
  'ring',
  'person',
] as const;

export type MetricGroup = (typeof METRIC_GROUPS)[number];
