import type { EntityCommand, EntityDefinition } from '../entity';

interface Event {
  readonly type?: unknown;
  readonly value?: unknown;
  readonly state?: unknown;
}

/**
 * What an event on the id of a discovery asks for.
 * @returns null when it is no command: the action `nodered.trigger` tells of a switch what belongs to flows of others
 */
export function readCommand({ key, component }: EntityDefinition, event: unknown): EntityCommand | null {
  const { type, value, state } = typeof event === 'object' && event !== null ? (event as Event) : {}; // checked field by field
  if (component === 'button') return type === 'automation_triggered' ? { key, value: null } : null;
  if (component === 'switch') return type === 'state_changed' && typeof state === 'boolean' ? { key, value: state } : null;
  if (type !== 'value_change') return null;
  if (component === 'number') return typeof value === 'number' ? { key, value } : null;
  return typeof value === 'string' ? { key, value } : null;
}
