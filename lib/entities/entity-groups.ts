import { METRIC_GROUPS } from '../catalogue/metric-groups';

/** What may be chosen as a whole: the groups of metrics, and the other tables. Keys never change, flows name them. */
export const ENTITY_GROUPS = [...METRIC_GROUPS, 'judgement', 'control', 'event', 'diagnostic'] as const;

export type EntityGroup = (typeof ENTITY_GROUPS)[number];
