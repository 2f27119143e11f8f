import type { Settings } from '../ports/settings';
import { JsonValues } from './json-values';

/** Settings that are gone with the process. A key never saved loads as undefined; saving undefined forgets it. */
export function createMemorySettings(): Settings {
  return new JsonValues();
}
