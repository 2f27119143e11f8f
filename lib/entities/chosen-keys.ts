import type { EndpointKey } from '../catalogue/endpoints';
import { CONTROL_KEYS, type ControlKey } from '../catalogue/controls';
import { METRIC_KEYS, metricOf, type MetricKey } from '../catalogue/metrics';
import type { EngineOptions } from '../sync/engine-options';
import { DIAGNOSTIC_KEYS, type DiagnosticKey } from './diagnostics';
import { EVENT_KEYS, eventRowOf, type EventKey } from './event-rows';
import { groupOf } from './group-of';
import { JUDGEMENT_KEYS, judgementOf, type JudgementKey } from './judgements';

/** What a node wants: groups and single entities, metrics mostly; both empty = everything. */
export interface Wishes {
  readonly groups: readonly string[];
  readonly metrics: readonly string[];
}

/** The entities that a node publishes, table by table. */
export interface ChosenKeys {
  readonly metrics: readonly MetricKey[];
  readonly judgements: readonly JudgementKey[];
  readonly controls: readonly ControlKey[];
  readonly events: readonly EventKey[];
  readonly diagnostics: readonly DiagnosticKey[];
}

/** What is wanted and may be published: nothing that comes from a family whose uses do not include `publish`. */
export function chosenKeys({ groups, metrics }: Wishes, families: EngineOptions['families']): ChosenKeys {
  const isWanted = (key: string): boolean =>
    (groups.length === 0 && metrics.length === 0) || groups.includes(groupOf(key)) || metrics.includes(key);
  const mayPublish = (key: MetricKey): boolean => isPublished(families, metricOf(key).endpoint);
  const mayHappen = (key: EventKey): boolean => {
    const { families: sources } = eventRowOf(key);
    return sources.length === 0 || sources.some((endpoint) => isPublished(families, endpoint));
  };
  return {
    metrics: METRIC_KEYS.filter((key) => isWanted(key) && mayPublish(key)),
    judgements: JUDGEMENT_KEYS.filter((key) => isWanted(key) && judgementOf(key).reads.every(mayPublish)),
    controls: CONTROL_KEYS.filter(isWanted),
    events: EVENT_KEYS.filter((key) => isWanted(key) && mayHappen(key)),
    diagnostics: DIAGNOSTIC_KEYS.filter(isWanted),
  };
}

/** Whether what a family holds may go to the rest of the house; a family of which nothing was said may. */
export function isPublished(families: EngineOptions['families'], endpoint: EndpointKey): boolean {
  return families[endpoint]?.includes('publish') ?? true;
}
