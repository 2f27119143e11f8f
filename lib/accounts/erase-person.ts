import type { PersonFiles } from '../store/person-files';
import type { PersonFolder } from './person-folder';

/** Where a person's data lies. */
export interface ErasePorts {
  readonly files: PersonFiles;
  /** What is held of the person's settings is forgotten, so that nothing is written again. */
  readonly folder: Pick<PersonFolder, 'forget'>;
}

/**
 * Deletes everything of a person: database, settings, exports. Only when no account of theirs is at work; token files are the caller's.
 * @returns names of the deleted files
 * @throws OuraError `folder_refused`
 */
export function erasePerson(personId: string, { files, folder }: ErasePorts): readonly string[] {
  const names = files.remove(personId);
  folder.forget(personId);
  return names;
}
