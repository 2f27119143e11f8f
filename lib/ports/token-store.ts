/** One sign-in of a person to an Oura application, as kept. Every text but `scopes` and the addresses is a secret. */
export interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** epoch ms by this machine's clock; null = Oura named no lifetime */
  readonly expiresAt: number | null;
  /** epoch ms */
  readonly obtainedAt: number;
  /** Granted permissions without prefix; null = Oura did not tell. */
  readonly scopes: readonly string[] | null;
  /** The token address that issued them, tried first the next time. */
  readonly tokenUrl: string;
  /** The application they belong to. */
  readonly clientId: string;
}

/** What is kept of an account's sign-in, and by whom it was written. */
export interface KeptTokens {
  readonly tokens: TokenSet;
  /** Written by another installation: a copy of the user directory, or a backup put on another machine. */
  readonly foreign: boolean;
}

/** Keeps the tokens of accounts, encrypted. A save is on the disk when it returns. */
export interface TokenStore {
  /** @throws OuraError `tokens_unreadable` when the key is not the one they were written with, or the file is broken; `tokens_unsaved` */
  load(accountId: string): KeptTokens | null;
  /** Old or new tokens, nothing in between, whatever happens meanwhile. @throws OuraError `tokens_unsaved` */
  save(accountId: string, tokens: TokenSet): void;
  /** Also takes away what cannot be read. Harmless when there is nothing. @throws OuraError `tokens_unsaved` */
  remove(accountId: string): void;
  /** @returns account ids with kept tokens, sorted */
  accounts(): readonly string[];
}
