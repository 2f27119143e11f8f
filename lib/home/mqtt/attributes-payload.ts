import { LIMITS } from '../../catalogue/limits';

/** Home Assistant's own; it drops most of them by itself, the others would replace what it says of the entity. */
const RESERVED: ReadonlySet<string> = new Set([
  'assumed_state',
  'available',
  'device_class',
  'device_info',
  'entity_category',
  'entity_id',
  'entity_picture',
  'entity_registry_enabled_default',
  'extra_state_attributes',
  'force_update',
  'friendly_name',
  'group_entities',
  'icon',
  'last_reset',
  'name',
  'options',
  'restored',
  'should_poll',
  'state',
  'state_class',
  'supported_features',
  'unique_id',
  'unit_of_measurement',
]);

/** JSON of attributes, without Home Assistant's own names; of too much, what is largest is left out. */
export function attributesPayload(attributes: Readonly<Record<string, unknown>>): string {
  const kept = Object.entries(attributes)
    .filter(([name, value]) => !RESERVED.has(name) && value !== undefined)
    .map(([name, value]) => ({ name, value, bytes: Buffer.byteLength(JSON.stringify({ [name]: value })) }));
  while (kept.reduce((sum, { bytes }) => sum + bytes, 0) > LIMITS.attributesMaxBytes) {
    const largest = Math.max(...kept.map(({ bytes }) => bytes));
    kept.splice(
      kept.findIndex(({ bytes }) => bytes === largest),
      1,
    );
  }
  return JSON.stringify(Object.fromEntries(kept.map(({ name, value }) => [name, value])));
}
