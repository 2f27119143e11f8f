import type { OuraError } from '../errors/oura-error';
import type { CodeExchange, OAuthApplication } from '../ports/oauth';
import type { TokenSet } from '../ports/token-store';

/** Asks for the successors of tokens. */
export interface RenewalOrder {
  readonly accountId: string;
  readonly application: OAuthApplication;
  /** The tokens the caller holds; their refresh token is spent by this. */
  readonly held: TokenSet;
}

/** What came of a renewal: the tokens kept from now on. */
export interface Renewal {
  readonly tokens: TokenSet;
  /** Why the tokens are not on the disk; save them before they are used, and do not renew again. null = they are. */
  readonly unsaved: OuraError | null;
}

/** Everything that is asked of Oura's token addresses. Nothing of it is ever aborted: its answer spends a code or a token. */
export interface TokenRequests {
  /** Turns a code into tokens, which are not saved yet. @throws as OAuth.exchange */
  exchange(application: OAuthApplication, exchange: CodeExchange): Promise<TokenSet>;
  /**
   * Loads, refreshes and saves, one at a time per account, whatever process asks.
   * @returns the kept tokens when another has renewed `held` already
   * @throws OuraError as OAuth.refresh, but in place of a mere `grant_ended` also `grant_copied` (the tokens came from a copy or a backup)
   *   and `grant_lost` (an earlier answer got lost); `sign_in_needed` when nothing is kept any more or the tokens belong to another
   *   application; `tokens_unreadable`; `tokens_unsaved` when nothing could be saved, in which case nothing was asked of Oura
   */
  renew(order: RenewalOrder): Promise<Renewal>;
  /** @throws as OAuth.revoke */
  revoke(application: OAuthApplication, tokens: TokenSet): Promise<void>;
  /** @throws as OAuth.probe */
  probe(application: OAuthApplication): Promise<string | null>;
}
