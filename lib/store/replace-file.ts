import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileMark } from './file-mark';
import { syncFolder } from './sync-folder';

/**
 * Writes a file (mode 0600, its folder 0700): old or new content, nothing in between, whatever happens meanwhile; durable when it returns.
 * @param textOf makes the content, given its `fileMark`
 * @param temporary where the content is gathered, in the same folder; one left over by a crash is replaced
 * @throws the system's error
 */
export function replaceFile(file: string, textOf: (mark: string) => string, temporary = `${file}.tmp`): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(descriptor, textOf(fileMark(fstatSync(descriptor, { bigint: true }))));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
  syncFolder(dirname(file));
}
