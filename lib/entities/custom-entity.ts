import * as z from 'zod';
import { LIMITS } from '../catalogue/limits';
import { instantOf } from '../catalogue/readers/instant-of';
import { OuraError } from '../errors/oura-error';
import type { EntityDefinition, EntityState } from '../home/entity';
import { PLAIN } from './define';
import { isOwnKey } from './own-keys';

const word = z.string().regex(/^[a-z0-9]+(?:_[a-z0-9]+)*$/);
const fields = z.object({
  key: word.max(64),
  name: z.string().trim().min(1).max(100).optional(),
  component: z.enum(['sensor', 'binary_sensor']).default('sensor'),
  unit: z.string().min(1).max(40).nullish(),
  device_class: word.nullish(),
  state_class: z.enum(['measurement', 'total', 'total_increasing']).nullish(),
  icon: z
    .string()
    .regex(/^mdi:[a-z0-9-]+$/)
    .nullish(),
  options: z.array(z.string().min(1)).nonempty().nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  remove: z.boolean().optional(),
});

/** What a message says of a further entity of the person. */
export type CustomOrder =
  | { readonly kind: 'remove'; readonly key: string }
  /** `definition` null: it is there already and stays as it is. */
  | { readonly kind: 'show'; readonly definition: EntityDefinition | null; readonly state: EntityState };

/**
 * Reads `{key, name, value, unit?, device_class?, state_class?, icon?, component?, options?, attributes?}`, or `{key, remove: true}`.
 * Without a name it is a new value of an entity that is known.
 * @param known the entity of this key, if there is one
 * @throws OuraError field_missing, field_invalid, entity_reserved
 */
export function customOrder(
  payload: unknown,
  known: (key: string) => EntityDefinition | null,
  isReserved: (key: string) => boolean,
): CustomOrder {
  const { success, data, error } = fields.safeParse(payload);
  if (!success) throw fieldError(payload, error);
  const { key, name, value, remove = false, attributes } = data;
  if (isOwnKey(key) || isReserved(key)) throw new OuraError('entity_reserved', { key });
  if (remove) return { kind: 'remove', key };
  if (value === undefined) throw new OuraError('field_missing', { field: 'value' });
  const definition = name === undefined ? known(key) : definitionOf(data, name);
  if (definition === null) throw new OuraError('field_missing', { field: 'name' });
  if (!fits(value, definition)) throw new OuraError('field_invalid', { field: 'value' });
  const state: EntityState = { key, state: value, attributes: attributes ?? {}, lastReset: null };
  return { kind: 'show', definition: name === undefined ? null : definition, state };
}

function fieldError(payload: unknown, error: z.ZodError): OuraError {
  const field = String(error.issues[0]?.path[0] ?? 'payload');
  const isMissing = typeof payload === 'object' && payload !== null && (payload as Readonly<Record<string, unknown>>)[field] === undefined;
  return new OuraError(isMissing ? 'field_missing' : 'field_invalid', { field });
}

function definitionOf(data: z.infer<typeof fields>, name: string): EntityDefinition {
  const { key, component, unit = null, device_class: deviceClass = null, state_class: stateClass = null, icon, options = null } = data;
  if (deviceClass === 'enum' && options === null) throw new OuraError('field_missing', { field: 'options' });
  if (component === 'binary_sensor' && unit !== null) throw new OuraError('field_invalid', { field: 'unit' });
  if (component === 'binary_sensor' && stateClass !== null) throw new OuraError('field_invalid', { field: 'state_class' });
  return {
    ...PLAIN,
    key,
    component,
    name,
    icon: (icon ?? null) as EntityDefinition['icon'], // the schema lets no other text pass
    deviceClass,
    stateClass,
    unit,
    options: deviceClass === 'enum' ? options : null,
  };
}

/** Whether Home Assistant would take the value; null is unknown and always fits. */
function fits(value: string | number | boolean | null, { component, unit, stateClass, deviceClass, options }: EntityDefinition): boolean {
  if (value === null) return true;
  if (component === 'binary_sensor') return typeof value === 'boolean';
  if (deviceClass === 'timestamp') return typeof value === 'string' && (instantOf(value)?.offset ?? null) !== null;
  if (options !== null) return typeof value === 'string' && options.includes(value);
  if (unit !== null || stateClass !== null) return typeof value === 'number';
  return typeof value === 'number' || (typeof value === 'string' && value.length <= LIMITS.stateMaxCharacters);
}
