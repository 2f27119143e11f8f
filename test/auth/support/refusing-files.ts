import type { FileMarks } from '../../../lib/ports/file-marks';
import type { Files } from '../../../lib/ports/files';

/** Files of a disk that can run full. */
export class RefusingFiles implements Files, FileMarks {
  readonly #files: Files & FileMarks;
  /** Which files cannot be written. */
  refuses: (name: string) => boolean = () => false;
  refusesRemoval = false;

  constructor(files: Files & FileMarks) {
    this.#files = files;
  }

  read(name: string): string | null {
    return this.#files.read(name);
  }

  write(name: string, text: string): void {
    this.#check(name);
    this.#files.write(name, text);
  }

  writeMarked(name: string, textOf: (mark: string | null) => string): void {
    this.#check(name);
    this.#files.writeMarked(name, textOf);
  }

  hasMark(name: string, mark: string): boolean {
    return this.#files.hasMark(name, mark);
  }

  create(name: string, text: string): boolean {
    this.#check(name);
    return this.#files.create(name, text);
  }

  remove(name: string): void {
    if (this.refusesRemoval) throw Object.assign(new Error('read-only'), { code: 'EROFS' });
    this.#files.remove(name);
  }

  names(): readonly string[] {
    return this.#files.names();
  }

  #check(name: string): void {
    if (this.refuses(name)) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  }
}
