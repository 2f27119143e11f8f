import type { FileMarks } from '../ports/file-marks';
import type { Files } from '../ports/files';

/** The port Files in memory: gone with the process. */
export class MemoryFiles implements Files, FileMarks {
  readonly #files = new Map<string, { readonly text: string; readonly mark: string }>();
  #written = 0;

  read(name: string): string | null {
    return this.#files.get(name)?.text ?? null;
  }

  write(name: string, text: string): void {
    this.writeMarked(name, () => text);
  }

  writeMarked(name: string, textOf: (mark: string | null) => string): void {
    this.#written += 1;
    const mark = String(this.#written);
    this.#files.set(name, { text: textOf(mark), mark });
  }

  hasMark(name: string, mark: string): boolean {
    return this.#files.get(name)?.mark === mark;
  }

  create(name: string, text: string): boolean {
    if (this.#files.has(name)) return false;
    this.write(name, text);
    return true;
  }

  remove(name: string): void {
    this.#files.delete(name);
  }

  names(): readonly string[] {
    return [...this.#files.keys()].toSorted();
  }
}
