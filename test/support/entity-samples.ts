import { PLAIN } from '../../lib/entities/define';
import type { EntityDefinition, EntityState, PersonDevice } from '../../lib/home/entity';

/** A person's device. */
export function deviceOf(change: Partial<PersonDevice> = {}): PersonDevice {
  const usual = { personId: '0123456789ab', slug: 'anna', name: 'Oura Anna', model: 'Ring 4', hwVersion: 'gen4', swVersion: '2.9.0' };
  return { ...usual, ...change };
}

/** An entity: a plain sensor with what is changed. */
export function definitionOf(key: string, change: Partial<EntityDefinition> = {}): EntityDefinition {
  return {
    ...PLAIN,
    key,
    component: 'sensor',
    name: key.replaceAll('_', ' '),
    icon: 'mdi:ring',
    ...change,
  };
}

/** A state without attributes, or with what is changed. */
export function stateOf(key: string, state: EntityState['state'], change: Partial<EntityState> = {}): EntityState {
  return { key, state, attributes: {}, lastReset: null, ...change };
}
