import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OuraError } from '../errors/oura-error';
import { folderRefused } from './folder-refused';

const PROBE = 'write-test.tmp';

/** Whether files can be written in a folder, found out by writing one. @returns OuraError `folder_refused`, null = they can */
export function folderProblem(folder: string): OuraError | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path.join(folder, PROBE), PROBE, { mode: 0o600 });
    rmSync(path.join(folder, PROBE));
    return null;
  } catch (cause) {
    const refused = folderRefused(cause);
    if (refused instanceof OuraError) return refused;
    throw cause;
  }
}
