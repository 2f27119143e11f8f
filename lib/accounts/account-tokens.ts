import { OAuthAccessTokens } from '../auth/oauth-access-tokens';
import type { TokenRequests } from '../auth/token-requests';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { TokenSet, TokenStore } from '../ports/token-store';
import type { AccountConfig } from '../sync/account-config';
import { applicationOf } from './application-of';
import { keptTokens } from './kept-tokens';

/** What tokens are made of. */
export interface AccountTokensPorts {
  readonly clock: Clock;
  readonly store: TokenStore;
  readonly requests: TokenRequests;
  readonly logOf: (accountId: string) => Logger;
}

/** The tokens of all accounts that are signed in to by OAuth2. They outlive every deploy, so that no renewal begins twice. */
export class AccountTokens {
  readonly #ports: AccountTokensPorts;
  readonly #tokens = new Map<string, OAuthAccessTokens>();

  constructor(ports: AccountTokensPorts) {
    this.#ports = ports;
  }

  of(accountId: string): OAuthAccessTokens {
    const { logOf, ...ports } = this.#ports;
    const tokens = this.#tokens.get(accountId) ?? new OAuthAccessTokens(accountId, { ...ports, logger: logOf(accountId) });
    this.#tokens.set(accountId, tokens);
    return tokens;
  }

  /** What is kept of an account's sign-in, as far as it can be read; null = nothing that could be used. Secrets. */
  kept(accountId: string): TokenSet | null {
    return keptTokens(this.#ports.store, accountId);
  }

  /** The tokens of an account with the application it has now. @throws OuraError `address_invalid` */
  configured(config: AccountConfig): OAuthAccessTokens {
    const tokens = this.of(config.id);
    tokens.configure(applicationOf(config));
    return tokens;
  }
}
