import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  type BigIntStats,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode } from '../errors/system-code';
import type { FileMarks } from '../ports/file-marks';
import type { Files } from '../ports/files';
import { hasFileMark } from './has-file-mark';
import { replaceFile } from './replace-file';
import { syncFolder } from './sync-folder';

const TEMPORARY = '.tmp';

/** The port Files over a folder (mode 0700, its files 0600), made with the first file. Several processes may use one folder. */
export class FolderFiles implements Files, FileMarks {
  readonly #folder: string;

  /** @param folder absolute path */
  constructor(folder: string) {
    this.#folder = folder;
  }

  read(name: string): string | null {
    return unlessMissing(() => readFileSync(this.#path(name), 'utf8'));
  }

  write(name: string, text: string): void {
    this.#replace(name, () => text);
  }

  writeMarked(name: string, textOf: (mark: string | null) => string): void {
    let given = '';
    this.#replace(name, (mark) => {
      given = mark;
      return textOf(mark);
    });
    if (!this.hasMark(name, given)) this.#replace(name, () => textOf(null)); // a file system that numbers files anew as it likes
  }

  hasMark(name: string, mark: string): boolean {
    const file = unlessMissing(() => statOf(this.#path(name)));
    return file !== null && hasFileMark(file, mark, [this.#folder, dirname(this.#folder)].map(statOf));
  }

  #replace(name: string, textOf: (mark: string) => string): void {
    const temporary = this.#path(`${name}.${process.pid}${TEMPORARY}`); // another process may be writing the same file
    try {
      replaceFile(this.#path(name), textOf, temporary);
    } catch (cause) {
      rmSync(temporary, { force: true });
      throw cause;
    }
  }

  create(name: string, text: string): boolean {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const descriptor = unlessThere(() => openSync(this.#path(name), 'wx', 0o600));
    if (descriptor === null) return false;
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } catch (cause) {
      rmSync(this.#path(name), { force: true }); // half a file would stand in the way of the next try
      throw cause;
    } finally {
      closeSync(descriptor);
    }
    syncFolder(this.#folder);
    return true;
  }

  remove(name: string): void {
    const halves = this.#entries().filter((entry) => entry.startsWith(`${name}.`) && entry.endsWith(TEMPORARY));
    for (const entry of [name, ...halves]) rmSync(this.#path(entry), { force: true });
    if (existsSync(this.#folder)) syncFolder(this.#folder);
  }

  names(): readonly string[] {
    return this.#entries()
      .filter((name) => !name.endsWith(TEMPORARY))
      .toSorted();
  }

  #entries(): readonly string[] {
    const entries = unlessMissing(() => readdirSync(this.#folder, { withFileTypes: true })) ?? [];
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

function statOf(path: string): BigIntStats {
  return statSync(path, { bigint: true });
}

function unlessMissing<T>(work: () => T): T | null {
  return unless('ENOENT', work);
}

function unlessThere<T>(work: () => T): T | null {
  return unless('EEXIST', work);
}

function unless<T>(code: string, work: () => T): T | null {
  try {
    return work();
  } catch (cause) {
    if (systemCode(cause) === code) return null;
    throw cause;
  }
}
