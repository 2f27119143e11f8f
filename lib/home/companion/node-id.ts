/** The `server_id` of everything this package makes; entities of other publishers are never touched. */
export const SERVER_ID = 'oura';

/** The id of a person's device, as `device_info.id`. */
export function deviceIdOf(personId: string): string {
  return `oura_${personId}`;
}

/**
 * The `node_id` of an entity. A key whose entity was removed or became another kind cannot be made again under the same id before the
 * companion is loaded anew, so it goes on as `…-2`: no key has a hyphen.
 * @param count 1 = the first of this key
 */
export function nodeIdOf(personId: string, key: string, count: number): string {
  return `oura_${personId}_${key}${count > 1 ? `-${count}` : ''}`;
}
