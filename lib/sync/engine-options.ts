import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { addDays, later } from './local-day';

export type FamilyUse = 'store' | 'publish' | 'ai';

/** The choices of a person that the engine works by. */
export interface EngineOptions {
  /** `[]` = not fetched, missing = fetched. */
  readonly families: Readonly<Partial<Record<EndpointKey, readonly FamilyUse[]>>>;
  /** Days of the first load; null = everything since Oura's first ring. */
  readonly historyDays: number | null;
  /** Days kept per family; missing = all. */
  readonly retentionDays: Readonly<Partial<Record<EndpointKey, number>>>;
  readonly intervalMs: number;
  /** Wanted by the person; empty = from the newest data, else the system's. */
  readonly zone: string;
  /** Sandbox: one snapshot per start, no polling. */
  readonly once: boolean;
}

/** Whether a family is asked for at all. */
export function isFetched(options: EngineOptions, endpoint: EndpointKey): boolean {
  return (options.families[endpoint]?.length ?? 1) > 0 && !(options.once && endpoint === 'personal_info');
}

/** How often families are polled at the slowest, ms; Infinity = never again. */
export function pollEveryMs({ once, intervalMs }: EngineOptions): number {
  return once ? Infinity : intervalMs;
}

/** First day of history wanted. Memory holds a bounded number of days. */
export function historyFromOf(options: EngineOptions, kind: 'disk' | 'memory', today: string): string {
  const wanted = options.historyDays === null ? LIMITS.firstDay : addDays(today, 1 - options.historyDays);
  return later(LIMITS.firstDay, kind === 'memory' ? later(wanted, addDays(today, 1 - LIMITS.memoryDays)) : wanted);
}

/** The first day of a family that retention keeps; `0000-01-01` = all are kept. */
export function keepFromOf(options: EngineOptions, endpoint: EndpointKey, kind: 'disk' | 'memory', today: string): string {
  if (endpointOf(endpoint).window.params === 'none') return '0000-01-01';
  const bounds = [
    options.retentionDays[endpoint],
    kind === 'memory' ? LIMITS.memoryDays : undefined,
    options.once ? LIMITS.sandboxDays : undefined,
  ];
  const days = bounds.filter((one) => one !== undefined);
  return days.length === 0 ? '0000-01-01' : addDays(today, 1 - Math.min(...days));
}

/** Families with a bounded retention. Those that are read whole each time (person, rings) are not pruned by day. */
export function prunedFamilies(options: EngineOptions, kind: 'disk' | 'memory'): readonly EndpointKey[] {
  const dated = ENDPOINT_KEYS.filter((key) => endpointOf(key).window.params !== 'none');
  return kind === 'memory' ? dated : dated.filter((key) => options.retentionDays[key] !== undefined);
}

/** The zone of the person's choice, else the system's; for what needs days before, or apart from, what the data says. */
export function zoneOfChoice({ zone }: Pick<EngineOptions, 'zone'>): string {
  return zone === '' ? 'system' : zone;
}
