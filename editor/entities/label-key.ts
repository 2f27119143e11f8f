/** Groups that are tables of their own; the members of all others are metrics. */
const TABLES: readonly string[] = ['judgement', 'control', 'event', 'diagnostic'];

/** Key of the text that names an entity in the choice. @param group the one it is chosen with */
export function labelKey(group: string, key: string): string {
  return `oura-entities.${TABLES.includes(group) ? group : 'metric'}.${key}.name`;
}
