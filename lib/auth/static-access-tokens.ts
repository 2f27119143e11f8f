import { OuraError } from '../errors/oura-error';
import type { AccessTokens } from '../ports/access-tokens';

/** A personal access token, which never changes: Oura issues none since December 2025, those in use work until they are shut off. */
export class StaticAccessTokens implements AccessTokens {
  readonly #token: string;

  /** @param text as pasted; white space around it is dropped */
  constructor(text: string) {
    this.#token = text.trim();
  }

  /** @throws OuraError `token_missing`, `token_malformed` (white space inside, anything but visible ASCII) */
  accessToken(signal: AbortSignal): Promise<string> {
    return new Promise((resolve) => {
      signal.throwIfAborted();
      if (this.#token === '') throw new OuraError('token_missing');
      if (!/^[\x21-\x7e]+$/.test(this.#token)) throw new OuraError('token_malformed');
      resolve(this.#token);
    });
  }

  rejected(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
