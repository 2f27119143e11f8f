import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { folderRefused } from './folder-refused';

const PERSON = /^([0-9a-f]{12})\.(?:sqlite|settings\.json)/;
const EXPORTS = 'exports';

/** The files of persons in `<userDir>/oura`: databases, settings, what was set aside of them, and exports. */
export class PersonFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @returns ids of all persons who have a database or settings, sorted. @throws OuraError `folder_refused` */
  persons(): readonly string[] {
    return [...new Set(this.#names('').flatMap((name) => PERSON.exec(name)?.[1] ?? []))].toSorted();
  }

  /** Path of a person's database, whether there is one or not. */
  database(personId: string): string {
    return path.join(this.#folder, `${personId}.sqlite`);
  }

  /** Where an export of this day belongs: named after the account, found again by the person. @param day `YYYY-MM-DD` */
  export(personId: string, slug: string, day: string): { readonly file: string; readonly name: string } {
    const name = `${slug}-${personId}-${day}.jsonl`;
    return { file: path.join(this.#folder, EXPORTS, name), name: `${EXPORTS}/${name}` };
  }

  /** @returns names of all files of a person, relative to the folder, sorted. @throws OuraError `folder_refused` */
  of(personId: string): readonly string[] {
    const own = this.#names('').filter((name) => name.startsWith(`${personId}.`));
    const exported = this.#names(EXPORTS).filter((name) => name.includes(`-${personId}-`));
    return [...own, ...exported.map((name) => path.join(EXPORTS, name))].toSorted();
  }

  /** Deletes all files of a person. @returns their names. @throws OuraError `folder_refused`: some may be left */
  remove(personId: string): readonly string[] {
    const names = this.of(personId);
    try {
      for (const name of names) rmSync(path.join(this.#folder, name), { force: true });
    } catch (cause) {
      throw folderRefused(cause);
    }
    return names;
  }

  #names(below: string): readonly string[] {
    try {
      return readdirSync(path.join(this.#folder, below));
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException; // readdir throws nothing else
      if (code === 'ENOENT') return []; // nothing was ever stored
      throw folderRefused(cause);
    }
  }
}
