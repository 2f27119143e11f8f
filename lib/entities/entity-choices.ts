import { ENTITY_GROUPS, type EntityGroup } from './entity-groups';
import { groupOf } from './group-of';
import { OWN_KEYS } from './own-keys';

/** What may be chosen: the groups in the order in which they are shown, with the keys of their members. */
export function entityChoices(): readonly { readonly group: EntityGroup; readonly keys: readonly string[] }[] {
  return ENTITY_GROUPS.map((group) => ({ group, keys: OWN_KEYS.filter((key) => groupOf(key) === group) }));
}
