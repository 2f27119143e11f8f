import type { Settings } from '../ports/settings';

/** Opens the settings of persons in a folder: `<personId>.settings.json`. */
export interface SettingsFolder {
  personIds(): readonly string[];
  open(personId: string): Settings;
}

/**
 * Remembers, in each person's settings, which accounts belong to them and under which slug, so that data is there at start even when Oura
 * is not.
 */
export class AccountIndex {
  readonly #folder: SettingsFolder;

  constructor(folder: SettingsFolder) {
    this.#folder = folder;
  }

  /** The person this account last belonged to; null = never seen. */
  personOf(accountId: string): string | null {
    return this.#folder.personIds().find((personId) => Object.hasOwn(slugsOf(this.#folder.open(personId)), accountId)) ?? null;
  }

  /** The slug kept for an account; null = none yet. */
  slugOf(accountId: string): string | null {
    const personId = this.personOf(accountId);
    return personId === null ? null : (slugsOf(this.#folder.open(personId))[accountId] ?? null);
  }

  /** The accounts that belong to a person, with their slugs. */
  accountsOf(personId: string): Readonly<Record<string, string>> {
    return slugsOf(this.#folder.open(personId));
  }

  /** From now on the account belongs to this person, and to no other. */
  remember(personId: string, accountId: string, slug: string): void {
    this.#forget(accountId, personId);
    const settings = this.#folder.open(personId);
    const slugs = slugsOf(settings);
    if (slugs[accountId] !== slug) settings.save('accounts', { ...slugs, [accountId]: slug });
  }

  /** The account belongs to nobody any more; the data of whoever it belonged to stays. */
  forget(accountId: string): void {
    this.#forget(accountId, null);
  }

  #forget(accountId: string, except: string | null): void {
    for (const personId of this.#folder.personIds().filter((one) => one !== except)) {
      const settings = this.#folder.open(personId);
      const { [accountId]: gone, ...others } = slugsOf(settings);
      if (gone !== undefined) settings.save('accounts', others);
    }
  }
}

function slugsOf(settings: Settings): Readonly<Record<string, string>> {
  const saved = settings.load('accounts');
  return typeof saved === 'object' && saved !== null ? (saved as Record<string, string>) : {}; // only `remember` writes this key
}
