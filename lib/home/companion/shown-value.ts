import type { EntityDefinition, EntityState } from '../entity';

/** The parts of `nodered/entity` that say what an entity shows. */
export interface ShownValue {
  readonly state: string | number | boolean | null;
  /** All of them: they replace the former ones. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Longest state Home Assistant shows. */
const STATE_MAX = 255;
/** They would replace what Home Assistant says of the entity itself. */
const RESERVED: ReadonlySet<string> = new Set(['icon', 'device_class', 'state_class', 'options', 'last_reset', 'restored']);
/** Device classes of sensors whose values are no numbers. */
const TEXTS: ReadonlySet<string> = new Set(['timestamp', 'date', 'enum']);

/**
 * What is sent of a state. A value that Home Assistant could not take would be an error in its log and leave the value before, which is
 * not true any more: it becomes unknown instead. The start of a total goes with the state as an attribute, which is where statistics look.
 */
export function shownValue(definition: EntityDefinition, { state, attributes, lastReset }: EntityState): ShownValue {
  const kept = Object.entries(attributes).filter(([name, value]) => !RESERVED.has(name) && value !== undefined);
  const reset = definition.hasLastReset && lastReset !== null ? { last_reset: lastReset } : {};
  return { state: valueOf(definition, state), attributes: { ...Object.fromEntries(kept), ...reset } };
}

function valueOf(definition: EntityDefinition, state: EntityState['state']): EntityState['state'] {
  switch (definition.component) {
    case 'button':
      return null;
    case 'binary_sensor':
    case 'switch':
      return typeof state === 'boolean' ? state : null; // of a switch any text would be on
    case 'number':
      return numberOf(state);
    case 'sensor':
      return sensorValue(definition, state);
    default:
      return state === null ? null : shortened(String(state));
  }
}

function sensorValue(definition: EntityDefinition, state: EntityState['state']): EntityState['state'] {
  if (state === null || typeof state === 'boolean') return state === null ? null : String(state);
  if (definition.deviceClass === 'timestamp') return typeof state === 'string' && isInstant(state) ? state : null;
  if (isNumeric(definition)) return numberOf(state);
  return shortened(String(state));
}

function isNumeric({ unit, stateClass, deviceClass }: EntityDefinition): boolean {
  return unit !== null || stateClass !== null || (deviceClass !== null && !TEXTS.has(deviceClass));
}

function numberOf(state: EntityState['state']): number | null {
  if (typeof state === 'boolean' || state === null || state === '') return null;
  const value = Number(state);
  return Number.isFinite(value) ? value : null;
}

/** Without an offset Home Assistant refuses it. */
function isInstant(text: string): boolean {
  return /T.+(?:Z|[+-]\d{2}:?\d{2})$/.test(text) && !Number.isNaN(Date.parse(text));
}

function shortened(text: string): string {
  return text.length <= STATE_MAX ? text : `${text.slice(0, STATE_MAX - 1)}…`;
}
