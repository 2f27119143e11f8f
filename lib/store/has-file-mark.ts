import type { BigIntStats } from 'node:fs';

/**
 * Whether a file is the very one that `fileMark` was taken of. Births count only where the file system tells them: some show the last
 * change in their place, Windows gives a file the birth of the one it replaces.
 * @param around the folder of the file and the one above it: an instant of birth that is not that of the last change proves that births
 *   are told
 */
export function hasFileMark(file: BigIntStats, mark: string, around: readonly BigIntStats[], platform = process.platform): boolean {
  const [number, birth] = mark.split('-');
  if (String(file.ino) !== number) return false;
  const sameDisk = [file, ...around].filter(({ dev }) => dev === file.dev);
  const isTold = platform !== 'win32' && sameDisk.some(({ birthtimeNs, ctimeNs }) => birthtimeNs !== 0n && birthtimeNs !== ctimeNs);
  return !isTold || String(file.birthtimeNs) === birth;
}
