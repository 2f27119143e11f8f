import { authorizeUrlFor } from '../auth/authorize-url-for';
import { oauthAddresses } from '../auth/oauth-addresses';
import { orderTokenUrls } from '../auth/order-token-urls';
import type { PendingSignIn, PendingSignIns } from '../auth/pending-sign-ins';
import { type Callback, readCallback } from '../auth/read-callback';
import type { TokenRequests } from '../auth/token-requests';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { TokenSet } from '../ports/token-store';
import type { AccountConfig } from '../sync/account-config';
import type { AccountSession } from '../sync/account-session';
import type { AccountTokens } from './account-tokens';
import { applicationOf } from './application-of';
import type { Connections } from './connections';
import type { PersonFolder } from './person-folder';
import type { SignInAttempt } from './sign-in-attempt';
import type { Progress, StartAnswer } from './wire';

/** What a sign-in needs from the rest. */
export interface DeskPorts {
  readonly pending: PendingSignIns;
  readonly requests: TokenRequests;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly tokens: AccountTokens;
  readonly connections: Connections;
  readonly folder: PersonFolder;
  /** The account as it runs; null = it does not. */
  readonly sessionOf: (accountId: string) => AccountSession | null;
  /** Whether the flows hold the account, be it disabled or not yet running. */
  readonly isInFlows: (accountId: string) => boolean;
  /** The sign-in is kept: whoever waits for it goes on. */
  readonly onSignedIn: (accountId: string) => void;
}

/** Where people sign in: from the first click to tokens on the disk. Works for accounts that were never deployed. */
export class SignInDesk {
  readonly #ports: DeskPorts;
  readonly #attempts = new Map<string, SignInAttempt>();
  /** Token addresses that were found to know an application, by client id. */
  readonly #portals = new Map<string, string>();
  /** Client ids whose portal refused PKCE. */
  readonly #withoutPkce = new Set<string>();

  constructor(ports: DeskPorts) {
    this.#ports = ports;
  }

  /**
   * Finds out, without a code, which portal knows the application of an account; its sign-in begins there.
   * @returns the token address; null = Oura did not say
   * @throws OuraError `client_refused`, `unreachable`, `timed_out`, `tls_failed`
   */
  async probe(config: AccountConfig): Promise<string | null> {
    const tokenUrl = await this.#ports.requests.probe(applicationOf(config));
    if (tokenUrl === null) this.#portals.delete(config.credentials.clientId);
    else this.#portals.set(config.credentials.clientId, tokenUrl);
    return tokenUrl;
  }

  /** Begins a sign-in; one under way for the same account ends. */
  async begin(config: AccountConfig): Promise<StartAnswer> {
    const { pending, clock, tokens } = this.#ports;
    const { clientId } = config.credentials;
    const before = this.#attempts.get(config.id);
    const isAdopted = this.#running(config.id)?.credentials.clientId === before?.config.credentials.clientId;
    const replaced = before?.phase === 'kept' && !isAdopted ? before.replaced : tokens.kept(config.id);
    const { authorizeUrl, expiresAt } = pending.begin({
      accountId: config.id,
      application: applicationOf(config),
      authorizeUrl: authorizeUrlFor(oauthAddresses(config).authorizeUrls, this.#portals.get(clientId) ?? null),
      redirectUri: config.redirectUri,
      scopes: config.scopes,
      usePkce: !this.#withoutPkce.has(clientId),
    });
    this.#attempts.set(config.id, { config, beganAt: clock.now(), replaced, phase: 'waiting', error: null, held: null });
    await this.#giveBack(before);
    return { authorizeUrl, expiresAt };
  }

  /**
   * Uses Oura's answer: the query of the callback, or an address that was pasted.
   * @param accountId whose dialog it was pasted into; null = the callback, whose state tells
   * @returns how it ended; a refused sign-in is told by its progress
   * @throws OuraError `state_unknown`
   */
  async answer(text: string, accountId: string | null): Promise<Progress> {
    const callback = readCallback(text);
    const own = accountId === null ? null : this.#ports.pending.stateOf(accountId); // a code may be pasted alone
    if (accountId !== null && callback.state !== null && callback.state !== own) throw new OuraError('state_unknown'); // another dialog's
    const pending = this.#ports.pending.take(callback.state ?? own);
    const attempt = this.#attempts.get(pending.accountId);
    if (attempt === undefined) throw new OuraError('state_unknown');
    attempt.phase = 'working';
    try {
      if (callback.code === undefined) throw callback.error;
      await this.#accept(attempt, await this.#exchange(pending, callback));
    } catch (cause) {
      this.#fail(attempt, toOuraError(cause));
    }
    return this.progress(pending.accountId);
  }

  /**
   * Another person is meant: the one who signed in, or the one a changed access token belongs to.
   * @throws OuraError `state_unknown` when there is none
   */
  async confirmPerson(accountId: string): Promise<Progress> {
    const attempt = this.#attempts.get(accountId);
    const held = attempt?.held ?? null;
    const isRefused = this.#ports.sessionOf(accountId)?.problems.some(({ error }) => error.code === 'person_changed') === true;
    if (held === null && isRefused) await this.#changePerson(accountId, () => Promise.resolve());
    if (held === null && isRefused) return this.progress(accountId);
    if (attempt === undefined || held === null) throw new OuraError('state_unknown');
    await this.#changePerson(accountId, () => this.#keep(attempt, held));
    return this.progress(accountId);
  }

  /**
   * Ends what is under way. A sign-in that was finished meanwhile goes too when the account cannot use it: it is not in the flows, or it
   * runs with another application; then the one before is back.
   * @throws OuraError `tokens_unsaved`
   */
  async cancel(accountId: string): Promise<Progress> {
    const { pending, isInFlows, tokens } = this.#ports;
    const attempt = this.#attempts.get(accountId);
    pending.cancel(accountId);
    this.#attempts.delete(accountId);
    await this.#giveBack(attempt);
    if (attempt?.phase !== 'kept') return this.progress(accountId);
    const running = this.#running(accountId);
    const isUsable = running === null ? isInFlows(accountId) : running.credentials.clientId === attempt.config.credentials.clientId;
    if (isUsable) return this.progress(accountId);
    const unused = tokens.of(accountId).signedOut();
    if (attempt.replaced !== null) tokens.of(accountId).signedIn(attempt.replaced);
    await this.#revoke(attempt.config, unused);
    return this.progress(accountId);
  }

  /** Forgets the tokens and takes the access back at Oura; data stays. @throws OuraError `tokens_unsaved` */
  async signOut(accountId: string): Promise<Progress> {
    const attempt = this.#attempts.get(accountId);
    const config = this.#running(accountId) ?? attempt?.config ?? null;
    this.#ports.pending.cancel(accountId);
    this.#attempts.delete(accountId);
    const tokens = this.#ports.tokens.of(accountId).signedOut();
    await this.#giveBack(attempt);
    if (config !== null) await this.#revoke(config, tokens);
    return this.progress(accountId);
  }

  /** How far the sign-in of an account has come. */
  progress(accountId: string): Progress {
    const { tokens, pending, clock } = this.#ports;
    const { isSignedIn: signedIn, scopes, error } = tokens.of(accountId).state;
    const attempt = this.#attempts.get(accountId);
    const isOld = attempt !== undefined && clock.now() - attempt.beganAt > 2 * LIMITS.signInMs;
    if (attempt === undefined || attempt.phase === 'kept' || isOld) {
      const told = error?.code === 'sign_in_needed' ? null : toldOf(error);
      return { phase: signedIn ? 'signed_in' : told === null ? 'none' : 'failed', error: told, scopes, signedIn };
    }
    if (attempt.phase === 'waiting' && pending.stateOf(accountId) === null)
      return { phase: 'failed', error: toldOf(new OuraError('state_unknown')), scopes, signedIn };
    return { phase: attempt.phase, error: toldOf(attempt.error), scopes, signedIn };
  }

  async #exchange(pending: PendingSignIn, { code, scopes, issuer }: Extract<Callback, { readonly code: string }>): Promise<TokenSet> {
    const { accountId, application, redirectUri, codeVerifier } = pending;
    const { origin } = this.#ports.tokens.of(accountId).state;
    const remembered = origin?.clientId === application.clientId ? origin.tokenUrl : null;
    const signs = { probed: this.#portals.get(application.clientId) ?? null, remembered, ...(issuer !== undefined && { issuer }) };
    const tokenUrls = orderTokenUrls(application.tokenUrls, signs);
    const tokens = await this.#ports.requests.exchange({ ...application, tokenUrls }, { code, redirectUri, codeVerifier });
    return { ...tokens, scopes: tokens.scopes ?? scopes };
  }

  /** Nothing is written before it is known whose sign-in it is, nor when it was cancelled meanwhile. */
  async #accept(attempt: SignInAttempt, tokens: TokenSet): Promise<void> {
    const { config } = attempt;
    try {
      const { connections, folder } = this.#ports;
      const person = await connections.personOf(config, tokens.accessToken);
      const known = folder.index.personOf(config.id);
      if (!this.#isCurrent(attempt)) await this.#revoke(config, tokens);
      else if (known === null || known === person) await this.#keep(attempt, tokens);
      else Object.assign(attempt, { held: tokens, phase: 'other_person', error: new OuraError('person_changed') });
    } catch (cause) {
      await this.#revoke(config, tokens);
      throw cause;
    }
  }

  #keep(attempt: SignInAttempt, tokens: TokenSet): Promise<void> {
    const { id } = attempt.config;
    this.#ports.tokens.of(id).signedIn(tokens);
    Object.assign(attempt, { held: null, phase: 'kept', error: null });
    this.#ports.logger.info(`Account ${id} is signed in.`);
    this.#ports.onSignedIn(id);
    return Promise.resolve();
  }

  async #changePerson(accountId: string, work: () => Promise<void>): Promise<void> {
    const move = async (): Promise<void> => {
      await work();
      this.#ports.folder.index.forget(accountId);
    };
    await (this.#ports.sessionOf(accountId)?.startAnewAfter(move) ?? move());
  }

  #running(accountId: string): AccountConfig | null {
    return this.#ports.sessionOf(accountId)?.config ?? null;
  }

  /** A portal that does not take PKCE says that the request is wrong: the next try goes without. */
  #fail(attempt: SignInAttempt, error: OuraError): void {
    const { id, credentials } = attempt.config;
    if (error.code === 'request_invalid') this.#withoutPkce.add(credentials.clientId);
    Object.assign(attempt, { phase: 'failed', error });
    this.#ports.logger.warn(`Account ${id} was not signed in: ${error.message}`);
  }

  #isCurrent(attempt: SignInAttempt): boolean {
    return this.#attempts.get(attempt.config.id) === attempt;
  }

  /** What another person's sign-in brought is not ours to keep. */
  async #giveBack(attempt: SignInAttempt | undefined): Promise<void> {
    if (attempt !== undefined) await this.#revoke(attempt.config, attempt.held);
  }

  /** What cannot be taken back now ends by itself: nobody has the tokens any more. */
  async #revoke(config: AccountConfig, tokens: TokenSet | null): Promise<void> {
    if (tokens === null) return;
    try {
      await this.#ports.requests.revoke(applicationOf(config), tokens);
    } catch (cause) {
      this.#ports.logger.warn(`The access of account ${config.id} could not be taken back at Oura: ${toOuraError(cause).message}`);
    }
  }
}

function toldOf(error: OuraError | null): Progress['error'] {
  return error === null ? null : { code: error.code, params: error.params };
}
