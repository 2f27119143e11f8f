import * as z from 'zod';
import { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { FileMarks } from '../ports/file-marks';
import type { Files } from '../ports/files';
import type { Random } from '../ports/random';
import type { KeptTokens, TokenSet, TokenStore } from '../ports/token-store';
import { checkAccountId } from './check-account-id';
import { onDisk } from './on-disk';
import { IV_BYTES, seal, unseal } from './sealed-text';
import { tokenSetSchema } from './token-set-schema';

const SUFFIX = '.token';
const KEY_FILE = 'token.key';
const KEY_BYTES = 32;
const KEY = /^[A-Za-z0-9+/]{43}=$/;

/** Where and how tokens are kept. */
export interface TokenFilesOptions {
  readonly files: Files & FileMarks;
  readonly random: Random;
  /**
   * What keys are derived from, asked for each time, as Node-RED makes its credential secret late and people change it: the one to save
   * with, then those that tokens may have been saved with. null = a key file of ours, made with the first save, which is also the last
   * resort.
   */
  readonly secrets: () => readonly (string | null)[];
  /** Differs between installations, as a hash of host and folder does. */
  readonly installation: string;
}

/** The mark of tokens from elsewhere that were sealed anew here: no file has it. */
const MARK_OF_COPY = 'copy';

const contentSchema = z.object({ tokens: tokenSetSchema, installation: z.string(), mark: z.string().nullable() });
type Content = z.infer<typeof contentSchema>;

/**
 * Tokens in one encrypted file per account, `<account id>.token`. What was saved with an older secret is saved again with the first when it
 * is loaded. What cannot be read stays until it is saved over or removed.
 */
export class TokenFiles implements TokenStore {
  readonly #options: TokenFilesOptions;

  constructor(options: TokenFilesOptions) {
    this.#options = options;
  }

  load(accountId: string): KeptTokens | null {
    const name = fileOf(accountId);
    const { files, installation } = this.#options;
    const text = onDisk(() => files.read(name));
    if (text === null) return null;
    for (const [index, kind] of this.#kinds().entries()) {
      const secret = onDisk(() => this.#secretOf(kind));
      const content = secret === null ? null : contentOf(unseal(text, secret, accountId));
      if (content === null) continue;
      const { tokens, mark } = content;
      const isOriginal = mark === null || onDisk(() => files.hasMark(name, mark));
      const kept = { tokens, foreign: content.installation !== installation || !isOriginal };
      if (index > 0) this.#saveAnew(accountId, kept);
      return kept;
    }
    throw new OuraError('tokens_unreadable');
  }

  /** Saves with the newest secret whatever was saved with an older one, as that may be gone soon. @throws OuraError `tokens_unsaved` */
  renewSecrets(): void {
    for (const accountId of this.accounts()) {
      try {
        this.load(accountId);
      } catch (cause) {
        if (!(cause instanceof OuraError)) throw cause; // of no use to anybody now: told when the account needs it
      }
    }
  }

  save(accountId: string, tokens: TokenSet): void {
    this.#write(fileOf(accountId), accountId, { tokens, foreign: false });
  }

  remove(accountId: string): void {
    const name = fileOf(accountId);
    onDisk(() => {
      this.#options.files.remove(name);
    });
  }

  accounts(): readonly string[] {
    const names = onDisk(() => this.#options.files.names());
    return names.filter((name) => name.endsWith(SUFFIX) && name !== SUFFIX).map((name) => name.slice(0, -SUFFIX.length));
  }

  /** Not while a process renews, perhaps one that a killed Node-RED has left: what it saves is newer. A later load will do. */
  #saveAnew(accountId: string, kept: KeptTokens): void {
    try {
      const isBusy = onDisk(() => this.#options.files.names()).some((name) => name.startsWith(`${accountId}.renewing-`));
      if (!isBusy) this.#write(fileOf(accountId), accountId, kept);
    } catch (cause) {
      if (toOuraError(cause).code !== 'tokens_unsaved') throw cause; // read they are, so the account can work with them
    }
  }

  #write(name: string, accountId: string, { tokens, foreign }: KeptTokens): void {
    const { files, random, installation } = this.#options;
    onDisk(() => {
      const [kind = null] = this.#kinds();
      const secret = this.#secretOf(kind) ?? this.#newKey();
      files.writeMarked(name, (mark) => {
        const content: Content = { tokens, installation, mark: foreign ? MARK_OF_COPY : mark };
        return seal(JSON.stringify(content), secret, accountId, random.bytes(IV_BYTES));
      });
    });
  }

  #kinds(): readonly (string | null)[] {
    return [...new Set([...this.#options.secrets(), null])];
  }

  /** @param kind null = the key file. @returns null when there is none, or half of one that a crash left */
  #secretOf(kind: string | null): string | null {
    if (kind !== null) return kind;
    const key = this.#options.files.read(KEY_FILE)?.trim() ?? '';
    return KEY.test(key) ? key : null;
  }

  /** @returns the key of whoever made the file, if another process was faster */
  #newKey(): string {
    const { files, random } = this.#options;
    const key = Buffer.from(random.bytes(KEY_BYTES)).toString('base64');
    if (files.create(KEY_FILE, key)) return key;
    const other = this.#secretOf(null);
    if (other !== null) return other;
    files.write(KEY_FILE, key); // half a key opens nothing, so nothing is lost with it
    return key;
  }
}

function fileOf(accountId: string): string {
  checkAccountId(accountId);
  return accountId + SUFFIX;
}

function contentOf(text: string | null): Content | null {
  const parsed = contentSchema.safeParse(text === null ? null : JSON.parse(text)); // sealed by us, so it is JSON
  return parsed.success ? parsed.data : null;
}
