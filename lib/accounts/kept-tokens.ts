import { OuraError } from '../errors/oura-error';
import type { TokenSet, TokenStore } from '../ports/token-store';

/** The tokens kept of an account, as far as they can be read; null = none that could be used. Secrets. */
export function keptTokens(store: Pick<TokenStore, 'load'>, accountId: string): TokenSet | null {
  try {
    return store.load(accountId)?.tokens ?? null;
  } catch (error) {
    if (error instanceof OuraError) return null; // who has to know asks the tokens themselves
    throw error;
  }
}
