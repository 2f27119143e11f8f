import type { EntityState } from '../../../lib/home/entity';

/** Whether Home Assistant shows a state that was published. @param is its `state` */
export function isShown(is: string, state: EntityState['state']): boolean {
  if (state === null) return is === 'unknown';
  if (typeof state === 'boolean') return is === (state ? 'on' : 'off');
  if (typeof state === 'number') return Number(is) === state;
  return is === state || Date.parse(is) === Date.parse(state);
}
