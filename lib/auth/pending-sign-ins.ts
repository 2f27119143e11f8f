import { createHash } from 'node:crypto';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import type { Clock } from '../ports/clock';
import type { OAuthApplication } from '../ports/oauth';
import type { Random } from '../ports/random';

const STATE_BYTES = 32;
/** RFC 7636, section 4.1: at least 43 characters. */
const VERIFIER_BYTES = 32;

/** What a sign-in begins with. */
export interface SignInBeginning {
  readonly accountId: string;
  readonly application: OAuthApplication;
  readonly redirectUri: string;
  /** Permissions to ask for; empty = all that Oura offers. */
  readonly scopes: readonly string[];
  readonly authorizeUrl: string;
  readonly usePkce: boolean;
}

/** A sign-in under way. `codeVerifier` is a secret; null = without PKCE. */
export interface PendingSignIn extends SignInBeginning {
  readonly codeVerifier: string | null;
  /** epoch ms */
  readonly beganAt: number;
}

/** What to do next: open the address within the time. */
export interface SignInStart {
  readonly state: string;
  readonly authorizeUrl: string;
  /** epoch ms */
  readonly expiresAt: number;
}

/** Sign-ins that wait for the answer of Oura, each found once by a state that nobody can guess; one per account. */
export class PendingSignIns {
  readonly #ports: { readonly clock: Clock; readonly random: Random };
  readonly #pending = new Map<string, PendingSignIn>();

  constructor(ports: { readonly clock: Clock; readonly random: Random }) {
    this.#ports = ports;
  }

  /** Begins a sign-in; one of the same account that is under way ends by that, and so does the oldest when there are too many. */
  begin(beginning: SignInBeginning): SignInStart {
    const { clock } = this.#ports;
    const beganAt = clock.now();
    const state = this.#secret(STATE_BYTES);
    const codeVerifier = beginning.usePkce ? this.#secret(VERIFIER_BYTES) : null;
    this.cancel(beginning.accountId);
    this.#dropOld();
    this.#pending.set(state, { ...beginning, codeVerifier, beganAt });
    for (const oldest of [...this.#pending.keys()].slice(0, -LIMITS.signInsMax)) this.#pending.delete(oldest);
    return { state, authorizeUrl: addressOf(beginning, state, codeVerifier), expiresAt: beganAt + LIMITS.signInMs };
  }

  /** The sign-in a state belongs to, which is used up by that. @throws OuraError `state_unknown` for one unknown, used or too old */
  take(state: string | null): PendingSignIn {
    this.#dropOld();
    const pending = state === null ? undefined : this.#pending.get(state);
    if (state === null || pending === undefined) throw new OuraError('state_unknown');
    this.#pending.delete(state);
    return pending;
  }

  /** The state of an account's sign-in under way, for a code that was pasted alone; null = there is none. */
  stateOf(accountId: string): string | null {
    this.#dropOld();
    for (const [state, pending] of this.#pending) if (pending.accountId === accountId) return state;
    return null;
  }

  /** Ends what is under way for an account. Harmless when nothing is. */
  cancel(accountId: string): void {
    for (const [state, pending] of this.#pending) if (pending.accountId === accountId) this.#pending.delete(state);
  }

  /** A clock set back does not make a sign-in last longer. */
  #dropOld(): void {
    const now = this.#ports.clock.now();
    for (const [state, { beganAt }] of this.#pending) {
      if (now >= beganAt + LIMITS.signInMs || now < beganAt - LIMITS.signInMs) this.#pending.delete(state);
    }
  }

  #secret(bytes: number): string {
    return Buffer.from(this.#ports.random.bytes(bytes)).toString('base64url');
  }
}

function addressOf({ authorizeUrl, application, redirectUri, scopes }: SignInBeginning, state: string, verifier: string | null): string {
  const url = new URL(authorizeUrl);
  const challenge = verifier === null ? null : createHash('sha256').update(verifier).digest('base64url');
  const parameters = {
    response_type: 'code',
    client_id: application.clientId,
    redirect_uri: redirectUri,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    state,
    ...(challenge !== null && { code_challenge: challenge, code_challenge_method: 'S256' }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
