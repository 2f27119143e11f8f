import { LIMITS } from '../catalogue/limits';
import { toOuraError } from '../errors/to-oura-error';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { Settings } from '../ports/settings';
import type { TokenStore } from '../ports/token-store';
import type { PersonFiles } from '../store/person-files';
import { erasePerson } from './erase-person';
import type { PersonFolder } from './person-folder';

/** What the removal of accounts is decided by. */
export interface RemovalPorts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly folder: PersonFolder;
  readonly files: PersonFiles;
  readonly tokens: TokenStore;
  /** Ids of all accounts of the flows, disabled ones too. */
  readonly accountIds: () => ReadonlySet<string>;
  /** Hears of a person whose data is deleted next: the settings can still be read. */
  readonly onDelete: (person: { readonly personId: string; readonly settings: Settings }) => void;
}

/**
 * Deletes what accounts leave behind when they were gone from the flows for LIMITS.removalMs: their sign-ins, and their persons' data where
 * that was chosen. Other data stays as orphaned.
 */
export class Removal {
  readonly #ports: RemovalPorts;
  /** Since when kept sign-ins have no account; counted anew by each process. */
  readonly #absent = new Map<string, number>();

  constructor(ports: RemovalPorts) {
    this.#ports = ports;
  }

  /** Looks at everything once. A file that cannot be deleted is tried again the next time. */
  sweep(): void {
    const known = this.#ports.accountIds();
    try {
      for (const personId of this.#ports.folder.personIds()) this.#sweepPerson(personId, known);
      this.#sweepTokens(known);
    } catch (cause) {
      this.#ports.logger.warn(`What removed accounts left could not be deleted: ${toOuraError(cause).message}`);
    }
  }

  #sweepPerson(personId: string, known: ReadonlySet<string>): void {
    const { folder, files, clock, logger, onDelete } = this.#ports;
    const settings = folder.settingsOf(personId);
    const accounts = Object.keys(folder.index.accountsOf(personId));
    const since = settings.load('absentSince');
    if (accounts.length === 0 || accounts.some((id) => known.has(id))) {
      if (since !== undefined) settings.save('absentSince', undefined);
      return;
    }
    if (typeof since !== 'number') {
      settings.save('absentSince', clock.now());
      return;
    }
    if (clock.now() - since < LIMITS.removalMs || settings.load('onRemove') !== 'delete') return;
    onDelete({ personId, settings });
    erasePerson(personId, { files, folder });
    logger.info(`The data of person ${personId} was deleted: the account is gone since a day, and that was chosen.`);
  }

  #sweepTokens(known: ReadonlySet<string>): void {
    const { tokens, clock } = this.#ports;
    for (const id of this.#absent.keys()) if (known.has(id)) this.#absent.delete(id);
    for (const id of tokens.accounts().filter((one) => !known.has(one))) {
      const since = this.#absent.get(id) ?? clock.now();
      this.#absent.set(id, since);
      if (clock.now() - since >= LIMITS.removalMs) tokens.remove(id);
    }
  }
}
