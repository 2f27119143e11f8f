import type { EntityDefinition, PersonDevice } from '../entity';
import { deviceIdOf } from './node-id';

type Fields = Readonly<Record<string, unknown>>;

/** The parts of `nodered/discovery` that say what an entity is. Both are sent in full each time: what is left out is taken away. */
export interface CompanionDiscovery {
  readonly component: string;
  readonly config: Fields;
  readonly device_info: Fields;
}

/**
 * @param namesByDevice whether Home Assistant puts the device's name before the entity's (2026.4 and later); else it is done here, so
 * that two persons' entities are told apart everywhere
 */
export function discoveryOf(device: PersonDevice, definition: EntityDefinition, namesByDevice: boolean): CompanionDiscovery {
  const { component, name, icon } = definition;
  const config = {
    name: namesByDevice ? name : `${device.name} ${name}`,
    ...known({ icon, device_class: deviceClassOf(definition), entity_category: categoryOf(definition) }),
    ...details(definition),
  };
  return { component, config, device_info: infoOf(device) };
}

/** The companion shows a date with a time of day, so a date goes as a text. These three kinds take no device class. */
function deviceClassOf({ component, deviceClass }: EntityDefinition): string | null {
  return component === 'select' || component === 'text' || deviceClass === 'date' ? null : deviceClass;
}

/** A sensor of category `config` is refused by Home Assistant with a warning. */
function categoryOf({ component, category }: EntityDefinition): string | null {
  return category === 'config' && (component === 'sensor' || component === 'binary_sensor') ? null : category;
}

/** No options for an enum sensor: with them a word that is new would be lost. */
function details({ component, unit, stateClass, options, range }: EntityDefinition): Fields {
  switch (component) {
    case 'sensor':
      return known({ unit_of_measurement: unit, state_class: stateClass });
    case 'select':
      return { options: options ?? [] };
    case 'number':
      return {
        ...known({ unit_of_measurement: unit }),
        ...{ min_value: range?.min ?? 0, max_value: range?.max ?? 100, step_value: range?.step ?? 1 }, // it takes no number without
        mode: 'auto',
      };
    case 'text':
      return { mode: 'text', min_length: 0, max_length: 255 };
    default:
      return {};
  }
}

/** Fields that are not known are empty texts, as the nodes send them that the companion is made for. */
function infoOf({ personId, name, model, hwVersion, swVersion }: PersonDevice): Fields {
  return {
    id: deviceIdOf(personId),
    name,
    manufacturer: 'Oura',
    model: model ?? '',
    hw_version: hwVersion ?? '',
    sw_version: swVersion ?? '',
  };
}

/** Fields that have a value. */
function known(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
