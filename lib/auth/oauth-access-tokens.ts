import { Subscribers } from '../async/subscribers';
import { waitFor } from '../async/wait-for';
import { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { AccessTokens } from '../ports/access-tokens';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { OAuthApplication } from '../ports/oauth';
import type { TokenSet, TokenStore } from '../ports/token-store';
import { endsSignIn } from './ends-sign-in';
import { RefusedToken } from './refused-token';
import { RetryPause } from './retry-pause';
import type { SignInState } from './sign-in-state';
import { isDue, remainingMs, withinLife } from './token-life';
import type { Renewal, TokenRequests } from './token-requests';

export interface OAuthAccessTokensPorts {
  readonly store: TokenStore;
  readonly requests: TokenRequests;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The access tokens of one account that is signed in at Oura, for as long as the process lives. Tokens are renewed ahead of their end and
 * when the API refuses them: one renewal at a time, on the disk before it is used, never aborted. What a person must mend is remembered
 * and said at once; what may pass is tried again after a growing pause, meanwhile the old token serves until it ends.
 */
export class OAuthAccessTokens implements AccessTokens {
  /** Hears of sign-ins and their ends, not of renewals. */
  readonly changed: Subscribers<SignInState>;
  readonly #accountId: string;
  readonly #ports: OAuthAccessTokensPorts;
  readonly #pause = new RetryPause();
  readonly #refused = new RefusedToken();
  #application: OAuthApplication | null = null;
  #tokens: TokenSet | null = null;
  #isLoaded = false;
  /** Issued, but the disk refused them: the ones before are spent. */
  #unsaved: TokenSet | null = null;
  #final: OuraError | null = null;
  #flight: Promise<void> | null = null;
  /** Counts sign-ins and sign-outs: a renewal that began before one of them has nothing to say any more. */
  #era = 0;

  constructor(accountId: string, ports: OAuthAccessTokensPorts) {
    this.#accountId = accountId;
    this.#ports = ports;
    this.changed = new Subscribers((error) => {
      ports.logger.error(`A listener of the sign-in of account ${accountId} failed: ${toOuraError(error).message}`);
    });
  }

  get state(): SignInState {
    try {
      const { scopes, clientId, tokenUrl } = this.#kept();
      return { isSignedIn: true, scopes, origin: { clientId, tokenUrl }, error: null };
    } catch (cause) {
      return { isSignedIn: false, scopes: null, origin: null, error: toOuraError(cause) };
    }
  }

  get isSignedIn(): boolean {
    return this.state.isSignedIn;
  }

  get scopes(): readonly string[] | null {
    return this.state.scopes;
  }

  /** The application to renew with; null = the account has none. A changed one is worth a new try. */
  configure(application: OAuthApplication | null): void {
    if (JSON.stringify(application) === JSON.stringify(this.#application)) return;
    this.#application = application;
    this.#pause.clear();
    if (this.#final === null) return;
    this.#final = null;
    this.#isLoaded = this.#tokens !== null;
    this.#tell();
  }

  /** Keeps the tokens of a new sign-in. @throws OuraError `tokens_unsaved`; then nothing has changed */
  signedIn(tokens: TokenSet): void {
    this.#ports.store.save(this.#accountId, tokens);
    this.#begin(tokens);
  }

  /** Forgets the sign-in. @returns its tokens, to be revoked; null when none can be read. @throws OuraError `tokens_unsaved` */
  signedOut(): TokenSet | null {
    const tokens = this.#unsaved ?? this.#tokens ?? this.#readable();
    this.#ports.store.remove(this.#accountId);
    this.#begin(null);
    return tokens;
  }

  /**
   * @throws OuraError `sign_in_needed`, `grant_ended`, `grant_lost`, `grant_copied`, `tokens_unreadable`, `client_refused`,
   *   `token_refused` until a person signs in anew; when the token has expired also what keeps it from being renewed
   */
  async accessToken(signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const tokens = this.#kept();
    if (!this.#needsRenewal(tokens)) return tokens.accessToken;
    try {
      await this.#renewed(signal);
    } catch (error) {
      signal.throwIfAborted();
      if (this.#final !== null || !this.#isAlive(tokens)) throw error;
      return tokens.accessToken;
    }
    return this.#kept().accessToken;
  }

  /** @throws OuraError what keeps the token from being renewed */
  async rejected(token: string, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    if (this.#kept().accessToken !== token) return true;
    const verdict = this.#refused.judge(token, this.#ports.clock.now());
    if (verdict === 'end') this.#end(new OuraError('token_refused'));
    if (verdict !== 'renew') return false;
    this.#refused.refuse(token);
    await this.#renewed(signal);
    return true;
  }

  /** @throws OuraError when there are no tokens to work with */
  #kept(): TokenSet {
    if (this.#final !== null) throw this.#final;
    if (!this.#isLoaded) this.#tokens = this.#load();
    this.#isLoaded = true;
    if (this.#tokens === null) throw new OuraError('sign_in_needed');
    this.#tokens = withinLife(this.#tokens, this.#ports.clock.now());
    return this.#tokens;
  }

  #load(): TokenSet | null {
    try {
      return this.#ports.store.load(this.#accountId)?.tokens ?? null;
    } catch (cause) {
      const error = toOuraError(cause);
      if (endsSignIn(error)) this.#final = error;
      throw error;
    }
  }

  #readable(): TokenSet | null {
    try {
      return this.#load();
    } catch (cause) {
      if (toOuraError(cause).code === 'tokens_unreadable') return null;
      throw cause;
    }
  }

  #needsRenewal(tokens: TokenSet): boolean {
    return this.#refused.is(tokens.accessToken) || isDue(tokens, this.#ports.clock.now());
  }

  #isAlive(tokens: TokenSet): boolean {
    return !this.#refused.is(tokens.accessToken) && remainingMs(tokens, this.#ports.clock.now()) > 0;
  }

  /** Joins the renewal under way, or begins one. */
  #renewed(signal: AbortSignal): Promise<void> {
    this.#flight ??= this.#renew(this.#era).finally(() => {
      this.#flight = null;
    });
    return waitFor(this.#flight, signal);
  }

  async #renew(era: number): Promise<void> {
    const held = this.#kept();
    if (this.#unsaved !== null) {
      this.#ports.store.save(this.#accountId, this.#unsaved);
      this.#take({ tokens: this.#unsaved, unsaved: null });
      return;
    }
    const application = this.#application;
    if (application?.clientId !== held.clientId) throw new OuraError('sign_in_needed');
    this.#pause.check(this.#ports.clock.now());
    const outcome = await this.#ports.requests.renew({ accountId: this.#accountId, application, held }).catch(toOuraError);
    if (era !== this.#era) this.#keepNewer();
    else if (outcome instanceof OuraError) this.#failed(outcome);
    else this.#take(outcome);
  }

  /** @throws OuraError `tokens_unsaved` */
  #take({ tokens, unsaved }: Renewal): void {
    const { clock, logger } = this.#ports;
    if (unsaved !== null) {
      this.#unsaved = tokens;
      logger.warn(`The renewed sign-in of account ${this.#accountId} is kept in memory. ${unsaved.message}`);
      throw unsaved;
    }
    const before = this.#tokens;
    if (before !== null) this.#refused.replaced(before.accessToken, tokens.accessToken, clock.now());
    if (this.#pause.isFailing || this.#unsaved !== null) logger.info(`The sign-in of account ${this.#accountId} is renewed again.`);
    this.#tokens = tokens;
    this.#unsaved = null;
    this.#pause.clear();
    if (String(before?.scopes) !== String(tokens.scopes)) this.#tell();
  }

  /** A renewal that began before a new sign-in or a sign-out may have written over it. */
  #keepNewer(): void {
    const { store } = this.#ports;
    const written = store.load(this.#accountId)?.tokens.refreshToken;
    if (this.#tokens === null) store.remove(this.#accountId);
    else if (written !== this.#tokens.refreshToken) store.save(this.#accountId, this.#tokens);
  }

  /** @throws the error */
  #failed(error: OuraError): never {
    const { clock, logger } = this.#ports;
    if (endsSignIn(error)) this.#end(error);
    else if (error.code === 'sign_in_needed') this.#begin(null);
    else {
      if (!this.#pause.isFailing) logger.warn(`The sign-in of account ${this.#accountId} cannot be renewed now. ${error.message}`);
      this.#pause.failed(error, clock.now());
    }
    throw error;
  }

  #end(error: OuraError): void {
    this.#final = error;
    this.#ports.logger.error(`Account ${this.#accountId} must be signed in again. ${error.message}`);
    this.#tell();
  }

  #begin(tokens: TokenSet | null): void {
    this.#era += 1;
    this.#tokens = tokens;
    this.#isLoaded = true;
    this.#unsaved = null;
    this.#final = null;
    this.#refused.forget();
    this.#pause.clear();
    this.#tell();
  }

  #tell(): void {
    this.changed.tell(this.state);
  }
}
