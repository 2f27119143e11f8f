import type { BigIntStats } from 'node:fs';

/** What a file has of its own and a copy of it does not: its number and its moment of birth. `hasFileMark` compares. */
export function fileMark({ ino, birthtimeNs }: BigIntStats): string {
  return `${ino}-${birthtimeNs}`;
}
