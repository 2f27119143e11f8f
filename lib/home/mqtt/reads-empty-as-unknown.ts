import type { EntityDefinition } from '../entity';

/**
 * Whether nothing is kept at the state topic while the value is unknown. Home Assistant before 2024.12 warns of anything at the topic of
 * a timestamp that is no instant, at each of its starts again if it is kept.
 */
export function readsEmptyAsUnknown({ component, deviceClass }: Pick<EntityDefinition, 'component' | 'deviceClass'>): boolean {
  return component === 'sensor' && (deviceClass === 'timestamp' || deviceClass === 'date');
}
