import { componentOf } from '../catalogue/component-of';
import { controlOf, type ControlKey } from '../catalogue/controls';
import { metricOf, type MetricKey } from '../catalogue/metrics';
import type { EntityDefinition } from '../home/entity';
import { diagnosticOf, type DiagnosticKey } from './diagnostics';
import type { EntityRow } from './entity-row';
import { eventRowOf, type EventKey } from './event-rows';
import { judgementOf, type JudgementKey } from './judgements';
import type { Names } from './names';

/** What an entity is when nothing else is said of it. */
export const PLAIN = {
  deviceClass: null,
  stateClass: null,
  unit: null,
  category: null,
  enabledByDefault: true,
  precision: null,
  options: null,
  range: null,
  eventTypes: null,
  hasAvailability: false,
  hasLastReset: false,
} as const;

/** The entity of a metric. @param seen words of an enum that the catalogue does not know */
export function defineMetric(key: MetricKey, names: Names, seen: readonly string[]): EntityDefinition {
  const { quantity, icon, category, enabledByDefault } = metricOf(key);
  return {
    ...PLAIN,
    key,
    component: componentOf(quantity),
    name: names('metric', key),
    icon,
    deviceClass: quantity.deviceClass,
    stateClass: quantity.stateClass,
    unit: quantity.unit,
    category,
    enabledByDefault,
    precision: quantity.precision,
    options: quantity.kind === 'enum' ? [...quantity.options, ...seen] : null,
    hasLastReset: quantity.stateClass === 'total',
  };
}

/** The entity of a control: unavailable while nobody acts on it. */
export function defineControl(key: ControlKey, names: Names): EntityDefinition {
  const control = controlOf(key);
  const common = {
    ...PLAIN,
    key,
    component: control.kind,
    name: names('control', key),
    icon: control.icon,
    category: control.category,
    hasAvailability: true,
  };
  if (control.kind === 'select') return { ...common, options: control.options };
  if (control.kind !== 'number') return common;
  const { min, max, step, unit, deviceClass } = control;
  return { ...common, unit, deviceClass, range: { min, max, step } };
}

/** The entity of a judgement. */
export function defineJudgement(key: JudgementKey, names: Names): EntityDefinition {
  return { ...defineRow(judgementOf(key)), key, name: names('judgement', key) };
}

/** The entity of a diagnostic. */
export function defineDiagnostic(key: DiagnosticKey, names: Names): EntityDefinition {
  return { ...defineRow(diagnosticOf(key)), key, name: names('diagnostic', key) };
}

/** The entity of an event. */
export function defineEvent(key: EventKey, names: Names): EntityDefinition {
  const { icon, category, eventTypes } = eventRowOf(key);
  return { ...PLAIN, key, component: 'event', name: names('event', key), icon, category, eventTypes };
}

function defineRow(row: EntityRow): Omit<EntityDefinition, 'key' | 'name'> {
  const { component, icon, deviceClass, category, enabledByDefault } = row;
  const { options = null, unit = null, stateClass = null } = row;
  return { ...PLAIN, component, icon, deviceClass, category, enabledByDefault, options, unit, stateClass };
}
