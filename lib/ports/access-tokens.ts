/** Where the client gets its bearer token; the token may change between two calls. */
export interface AccessTokens {
  /** @throws OuraError `not_authorised`, `token_malformed` when there is none that could work */
  accessToken(signal: AbortSignal): Promise<string>;
  /**
   * The API refused this token (401 without a missing scope).
   * @returns true when another token may work, so the call is worth one more try
   */
  rejected(token: string, signal: AbortSignal): Promise<boolean>;
}
