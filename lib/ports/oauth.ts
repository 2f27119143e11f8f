import type { TokenSet } from './token-store';

/** An application registered in one of Oura's portals, and the token addresses it may have. */
export interface OAuthApplication {
  readonly clientId: string;
  /** A secret. */
  readonly clientSecret: string;
  /** Token addresses in the order to try; the second is tried only when the first does not know the application. */
  readonly tokenUrls: readonly string[];
  readonly revokeUrl: string;
}

/** A single-use code as the callback delivered it. */
export interface CodeExchange {
  readonly code: string;
  readonly redirectUri: string;
  /** PKCE; null = the sign-in began without. */
  readonly codeVerifier: string | null;
}

/** Oura's token addresses. Each request ends within LIMITS.tokenTimeoutMs and is never aborted: its answer spends a token. */
export interface OAuth {
  /**
   * Turns a code into tokens.
   * @throws OuraError `code_refused`, `client_refused`, `unreachable`, `timed_out`, `tls_failed`, `server_failed`, `rate_limited`,
   *   `token_answer_invalid`
   */
  exchange(application: OAuthApplication, exchange: CodeExchange): Promise<TokenSet>;
  /**
   * Gets the next tokens; the refresh token of `tokens` is spent by that. An answer without a new one keeps the old. Another address than
   * the one that issued the tokens is asked only when that one says that it does not know the application any more.
   * @throws OuraError `grant_ended` when the refresh token is spent or revoked; else as `exchange`
   */
  refresh(application: OAuthApplication, tokens: TokenSet): Promise<TokenSet>;
  /** Ends the sign-in at Oura. @throws OuraError as `exchange` */
  revoke(application: OAuthApplication, tokens: TokenSet): Promise<void>;
  /**
   * Which token address knows this application, found out without a code.
   * @returns the address; null when none of the answers says so clearly
   * @throws OuraError `client_refused` when every address refuses id or secret; `unreachable`, `timed_out`, `tls_failed`
   */
  probe(application: OAuthApplication): Promise<string | null>;
}
