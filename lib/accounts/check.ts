import type { OuraError } from '../errors/oura-error';
import type { TokenStore } from '../ports/token-store';
import type { AccountSession } from '../sync/account-session';
import type { AccountFacts } from './account-facts';

/** What a check may look at. */
export interface CheckContext {
  readonly session: AccountSession;
  readonly facts: AccountFacts;
  /** null = there is none: no account is signed in to by OAuth2 here. */
  readonly tokens: Pick<TokenStore, 'load'> | null;
  /** Where data is kept: `<userDir>/oura`. */
  readonly folder: string;
  /** Path of the callback below the address of Node-RED; null = HTTP nodes are switched off. */
  readonly callbackPath: string | null;
  /** Asks Oura once who the account belongs to, however many checks want to know. @returns why it did not answer; null = it did */
  readonly ask: () => Promise<OuraError | null>;
}

/** One row of "check everything". Its name is the text `check.<key>` of the sidebar's catalogue. */
export interface Check {
  readonly key: string;
  /** How bad it is when something is found: a problem needs a person. */
  readonly level: 'notice' | 'problem';
  /** @returns what is not as it should be; null = all is well */
  readonly run: (context: CheckContext) => Promise<OuraError | null> | OuraError | null;
}
