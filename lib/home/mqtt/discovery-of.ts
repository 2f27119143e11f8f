import type { EntityDefinition, PersonDevice } from '../entity';
import { readsEmptyAsUnknown } from './reads-empty-as-unknown';
import type { Topics } from './topics';

const ORIGIN = { name: 'node-red-oura' };
/**
 * Home Assistant 2024.12 and later know `options` and read `None` as unknown; earlier ones show any text of an enum as it comes. Its own
 * attribute tells which one it is.
 */
const ENUM_TEMPLATE = "{{ 'unknown' if value == 'None' and this.attributes.options is not defined else value }}";
const EMPTY_TEMPLATE = "{{ value or 'None' }}";
const TOTAL_TEMPLATES = {
  value_template: '{{ value_json.state }}',
  last_reset_value_template: "{{ value_json.last_reset or '' }}",
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Payload of a single-component discovery that Home Assistant 2024.1 and all later ones accept. Unknown keys are dropped by it in an
 * entity, but not in `device`, where they would cost the entity. `object_id` is read up to 2025.9, `default_entity_id` since.
 */
export function discoveryOf(device: PersonDevice, definition: EntityDefinition, topics: Topics): Fields {
  const { key, component, name, icon, category, deviceClass, enabledByDefault, hasAvailability } = definition;
  const objectId = `oura_${device.slug}_${key}`;
  return {
    unique_id: `oura_${device.personId}_${key}`,
    object_id: objectId,
    default_entity_id: `${component}.${objectId}`,
    name,
    ...known({ icon, entity_category: category, device_class: deviceClass }),
    ...(!enabledByDefault && { enabled_by_default: false }),
    ...(hasAvailability && { availability_topic: topics.availability }),
    ...topicsIn(definition, topics),
    ...whatIsShown(definition),
    device: deviceIn(device),
    origin: ORIGIN,
  };
}

function deviceIn({ personId, name, model, hwVersion, swVersion }: PersonDevice): Fields {
  const versions = known({ model, hw_version: hwVersion, sw_version: swVersion });
  return { identifiers: [`oura_${personId}`], name, manufacturer: 'Oura', ...versions };
}

function topicsIn({ component, key }: EntityDefinition, topics: Topics): Fields {
  const isControl = component === 'select' || component === 'number' || component === 'switch' || component === 'text';
  return {
    ...(component !== 'button' && { state_topic: topics.state(key) }),
    ...(component !== 'button' && component !== 'event' && { json_attributes_topic: topics.attributes(key) }),
    ...((isControl || component === 'button') && { command_topic: topics.set(key) }),
  };
}

function whatIsShown(definition: EntityDefinition): Fields {
  const { component, unit, stateClass, precision, options, range, eventTypes, hasLastReset, deviceClass } = definition;
  switch (component) {
    case 'sensor':
      return {
        ...known({ unit_of_measurement: unit, state_class: stateClass, suggested_display_precision: precision }),
        ...(deviceClass === 'enum' && { ...known({ options }), value_template: ENUM_TEMPLATE }),
        ...(readsEmptyAsUnknown(definition) && { value_template: EMPTY_TEMPLATE }),
        ...(hasLastReset && TOTAL_TEMPLATES),
      };
    case 'number':
      return { ...known({ unit_of_measurement: unit }), ...range };
    case 'select':
      return known({ options });
    case 'event':
      return known({ event_types: eventTypes });
    default:
      return {};
  }
}

/** Fields that have a value. */
function known(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
