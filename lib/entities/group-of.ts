import { isControlKey } from '../catalogue/controls';
import { isMetricKey, metricOf } from '../catalogue/metrics';
import type { EntityGroup } from './entity-groups';
import { isEventKey, isJudgementKey } from './own-keys';

/** The group that an entity of this package is chosen with. @param key one of OWN_KEYS */
export function groupOf(key: string): EntityGroup {
  if (isMetricKey(key)) return metricOf(key).group;
  if (isControlKey(key)) return 'control';
  if (isEventKey(key)) return 'event';
  return isJudgementKey(key) ? 'judgement' : 'diagnostic';
}
