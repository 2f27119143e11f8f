import { componentOf } from '../../lib/catalogue/component-of';
import type { Control } from '../../lib/catalogue/control';
import { CONTROLS } from '../../lib/catalogue/controls';
import type { Metric } from '../../lib/catalogue/metric';
import { METRIC_KEYS, metricOf } from '../../lib/catalogue/metrics';
import type { EntityDefinition, EntityState } from '../../lib/home/entity';
import { definitionOf, stateOf } from './entity-samples';

/** An entity of the catalogue with a state that it can have. */
export interface CatalogueEntity {
  readonly definition: EntityDefinition;
  readonly state: EntityState;
}

const LAST_RESET = '2026-03-01T00:00:00+01:00';

/** Every metric and every control as an entity that is switched on. */
export function catalogueEntities(): readonly CatalogueEntity[] {
  const controls: readonly (readonly [string, Control])[] = Object.entries(CONTROLS);
  return [
    ...METRIC_KEYS.map((key, index) => ({
      definition: metricDefinition(key, metricOf(key)),
      state: metricState(key, metricOf(key), index),
    })),
    ...controls.map(([key, control]) => ({ definition: controlDefinition(key, control), state: controlState(key, control) })),
  ];
}

function metricDefinition(key: string, { quantity, icon, category }: Metric): EntityDefinition {
  return definitionOf(key, {
    component: componentOf(quantity),
    icon,
    category,
    deviceClass: quantity.deviceClass,
    stateClass: quantity.stateClass,
    unit: quantity.unit,
    precision: quantity.precision,
    options: quantity.kind === 'enum' ? quantity.options : null,
    hasLastReset: quantity.stateClass === 'total',
  });
}

function metricState(key: string, { quantity }: Metric, index: number): EntityState {
  const attributes = { day: '2026-03-01', contributors: { index } };
  switch (quantity.kind) {
    case 'number':
      return stateOf(key, index, { attributes, lastReset: quantity.stateClass === 'total' ? LAST_RESET : null });
    case 'timestamp':
      return stateOf(key, '2026-03-01T07:30:00+01:00', { attributes });
    case 'enum':
      return stateOf(key, quantity.options[0] ?? null, { attributes });
    case 'text':
      return stateOf(key, `text ${index}`, { attributes });
    case 'flag':
      return stateOf(key, index % 2 === 0, { attributes });
  }
}

function controlDefinition(key: string, control: Control): EntityDefinition {
  const common = { component: control.kind, icon: control.icon, category: control.category, hasAvailability: true };
  if (control.kind === 'select') return definitionOf(key, { ...common, options: control.options });
  if (control.kind !== 'number') return definitionOf(key, common);
  const { min, max, step, unit, deviceClass } = control;
  return definitionOf(key, { ...common, unit, deviceClass, range: { min, max, step } });
}

function controlState(key: string, control: Control): EntityState {
  return stateOf(key, control.kind === 'button' ? null : control.default);
}
