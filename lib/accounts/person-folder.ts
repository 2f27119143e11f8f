import { readdirSync } from 'node:fs';
import path from 'node:path';
import { OuraError } from '../errors/oura-error';
import type { Logger } from '../ports/logger';
import type { Settings } from '../ports/settings';
import { openSettingsFile } from '../store/settings-file';
import { AccountIndex } from '../sync/account-index';

const SETTINGS_FILE = /^([0-9a-f]{12})\.settings\.json$/;

/** The folder of this installation: whose settings are there, and which account belongs to whom. */
export class PersonFolder {
  readonly path: string;
  readonly index: AccountIndex;
  readonly #logger: Logger;
  readonly #settings = new Map<string, Settings>();

  constructor(folder: string, logger: Logger) {
    this.path = folder;
    this.#logger = logger;
    this.index = new AccountIndex({ personIds: () => this.personIds(), open: (personId) => this.settingsOf(personId) });
  }

  settingsOf(personId: string): Settings {
    const settings = this.#settings.get(personId) ?? openSettingsFile(path.join(this.path, `${personId}.settings.json`), this.#logger);
    this.#settings.set(personId, settings);
    return settings;
  }

  /** Everybody of whom anything is kept. */
  all(): readonly { readonly personId: string; readonly settings: Settings }[] {
    return this.personIds().map((personId) => ({ personId, settings: this.settingsOf(personId) }));
  }

  /** What was read of a person's settings is not held any more: the file was deleted. */
  forget(personId: string): void {
    this.#settings.delete(personId);
  }

  personIds(): readonly string[] {
    try {
      return readdirSync(this.path).flatMap((file) => SETTINGS_FILE.exec(file)?.[1] ?? []);
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException; // readdir throws nothing else
      if (code !== 'ENOENT') this.#logger.error(new OuraError('store_unavailable', { reason: code }).message);
      return []; // ENOENT: nothing was ever stored
    }
  }
}
