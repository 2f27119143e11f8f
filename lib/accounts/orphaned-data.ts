import { OuraError } from '../errors/oura-error';
import type { PersonFiles } from '../store/person-files';
import { readCounts } from '../store/sqlite/read-counts';
import { erasePerson } from './erase-person';
import type { PersonFolder } from './person-folder';
import type { AdoptRequest, DeleteOrphanRequest, Orphan } from './wire';

/** Where orphaned data is looked for. */
export interface OrphanPorts {
  readonly files: PersonFiles;
  readonly folder: Pick<PersonFolder, 'index' | 'forget'>;
  /** Ids of all accounts of the flows, disabled ones too. */
  readonly accountIds: () => ReadonlySet<string>;
  /** Persons whose data is open at the moment. */
  readonly inUse: () => ReadonlySet<string>;
}

/** Data of persons who belong to no account of the flows any more. */
export class OrphanedData {
  readonly #ports: OrphanPorts;

  constructor(ports: OrphanPorts) {
    this.#ports = ports;
  }

  /** @throws OuraError `folder_refused` */
  list(): readonly Orphan[] {
    return this.#persons().map((person) => this.#orphan(person));
  }

  /**
   * Gives a person's data to an account that has no person. The account shows it when it starts anew, and keeps it if it is signed in as
   * that person.
   * @param slug the account's
   * @throws OuraError `person_in_use` when the data is no orphan, `account_missing` for an account that is not in the flows,
   *   `account_taken`, `folder_refused`
   */
  adopt({ person, account }: AdoptRequest, slug: string): void {
    const { folder, accountIds } = this.#ports;
    this.#insistOn(person);
    if (!accountIds().has(account)) throw new OuraError('account_missing');
    if (folder.index.personOf(account) !== null) throw new OuraError('account_taken');
    folder.index.remember(person, account, slug);
  }

  /**
   * Deletes everything of a person.
   * @returns names of the deleted files
   * @throws OuraError `confirmation_wrong` unless `confirm` is the person's id, `person_in_use`, `folder_refused`
   */
  remove({ person, confirm }: DeleteOrphanRequest): readonly string[] {
    if (confirm !== person) throw new OuraError('confirmation_wrong');
    this.#insistOn(person);
    return erasePerson(person, this.#ports);
  }

  /** @throws OuraError `person_in_use`; also for a text that is no id of a person, which could name other files */
  #insistOn(person: string): void {
    if (!this.#persons().includes(person)) throw new OuraError('person_in_use');
  }

  #persons(): readonly string[] {
    const { files, folder, accountIds, inUse } = this.#ports;
    const [known, open] = [accountIds(), inUse()];
    const isOrphan = (person: string): boolean => !Object.keys(folder.index.accountsOf(person)).some((id) => known.has(id));
    return files.persons().filter((person) => !open.has(person) && isOrphan(person));
  }

  #orphan(person: string): Orphan {
    const { files, folder } = this.#ports;
    const slugs = [...new Set(Object.values(folder.index.accountsOf(person)))].toSorted();
    const { documents, newestDay, sizeBytes } = countsOf(files.database(person));
    return { person, slugs, documents, sizeBytes, newestDay };
  }
}

/** A database that cannot be read is listed too: it may be deleted. */
function countsOf(file: string): Omit<Orphan, 'person' | 'slugs'> {
  const nothing = { documents: 0, newestDay: null, sizeBytes: 0 };
  try {
    return readCounts(file) ?? nothing;
  } catch (cause) {
    if (cause instanceof OuraError && cause.code === 'store_unavailable') return nothing;
    throw cause;
  }
}
