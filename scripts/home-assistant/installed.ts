import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Wanted } from './versions';
import { workFolder } from './work-folder';

/** A Home Assistant that can be started. */
export interface Installed {
  readonly wanted: Wanted;
  /** What `wanted` came to, such as `2026.11.0`. */
  readonly version: string;
  /** Python of its environment, below `root` where there is one. */
  readonly python: string;
  /** Folder of the Debian it runs in; null = it runs in the system's own. */
  readonly root: string | null;
}

/** The folder of one wanted version. */
export const folderOf = (wanted: Wanted): string => path.join(workFolder(), wanted);
export const recordOf = (wanted: Wanted): string => path.join(folderOf(wanted), 'installed.json');

/** @returns null when it is not installed, or not to the end */
export function findInstalled(wanted: Wanted): Installed | null {
  const record = recordOf(wanted);
  return existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as Installed) : null; // written by install-version.ts only
}
