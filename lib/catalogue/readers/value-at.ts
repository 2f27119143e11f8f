import type { Body } from '../metric';

/** What stands at a path such as `contributors.deep_sleep`; undefined where any part is missing or no object. */
export function valueAt(body: Body, path: string): unknown {
  let value: unknown = body;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Body)[part]; // an object with that key
  }
  return value;
}
