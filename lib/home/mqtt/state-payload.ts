import { LIMITS } from '../../catalogue/limits';
import type { EntityDefinition, EntityState } from '../entity';
import { readsEmptyAsUnknown } from './reads-empty-as-unknown';

/** What Home Assistant reads as unknown, except where any text is a state. */
const NONE = 'None';
const UNKNOWN = 'unknown';
const ELLIPSIS = '…';

/** Payload of the state topic; empty = nothing is kept there. */
export function statePayload(definition: EntityDefinition, { state, lastReset }: EntityState): string {
  if (definition.hasLastReset) return JSON.stringify({ state, last_reset: lastReset });
  if (state === null) return unknownOf(definition);
  if (typeof state === 'boolean' && (definition.component === 'binary_sensor' || definition.component === 'switch'))
    return state ? 'ON' : 'OFF';
  return shortened(String(state));
}

function unknownOf(definition: EntityDefinition): string {
  const { component, deviceClass, unit, stateClass, precision } = definition;
  if (readsEmptyAsUnknown(definition)) return '';
  const isNumeric = unit !== null || stateClass !== null || precision !== null;
  const isText = component === 'text' || (component === 'sensor' && deviceClass === null && !isNumeric);
  return isText ? UNKNOWN : NONE;
}

/** Home Assistant refuses a longer state. */
function shortened(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= LIMITS.stateMaxCharacters) return text;
  return characters.slice(0, LIMITS.stateMaxCharacters - ELLIPSIS.length).join('') + ELLIPSIS;
}
