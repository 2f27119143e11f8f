import type { Random } from '../../ports/random';
import { SCOPES } from '../../catalogue/scopes';
import { randomHex } from './random-hex';

/** One sign-in of a person to an application; its tokens come and go. */
export interface Grant {
  readonly personId: string;
  readonly clientId: string;
  scopes: readonly string[];
  revoked: boolean;
}

interface Access {
  readonly grant: Grant;
  expiresAt: number;
}

export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly grant: Grant;
}

/** Access tokens, and refresh tokens of which each works once. */
export class TokenBook {
  readonly #random: Random;
  readonly #access = new Map<string, Access>();
  readonly #refresh = new Map<string, { readonly grant: Grant; spent: boolean }>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Registers an access token of its own grant; a token known already is replaced. */
  add(token: string, grant: Omit<Grant, 'revoked' | 'scopes'> & { readonly scopes?: readonly string[] }, expiresAt: number): void {
    this.#access.set(token, { grant: { ...grant, scopes: grant.scopes ?? Object.keys(SCOPES), revoked: false }, expiresAt });
  }

  newGrant(personId: string, clientId: string, scopes: readonly string[]): Grant {
    return { personId, clientId, scopes, revoked: false };
  }

  issue(grant: Grant, expiresAt: number): IssuedTokens {
    const accessToken = `at-${randomHex(this.#random, 32)}`;
    const refreshToken = `rt-${randomHex(this.#random, 32)}`;
    this.#access.set(accessToken, { grant, expiresAt });
    this.#refresh.set(refreshToken, { grant, spent: false });
    return { accessToken, refreshToken, grant };
  }

  /** @returns the grant behind a token that works at `now`, else null */
  valid(token: string, now: number): Grant | null {
    const access = this.#access.get(token);
    return access === undefined || access.grant.revoked || access.expiresAt <= now ? null : access.grant;
  }

  /** The grant of a token, whether it works or not. */
  grantOf(token: string): Grant | null {
    return (this.#access.get(token) ?? this.#refresh.get(token))?.grant ?? null;
  }

  /** Spends a refresh token. */
  spend(refreshToken: string, clientId: string): { readonly grant: Grant; readonly outcome: 'fresh' | 'spent' } | null {
    const entry = this.#refresh.get(refreshToken);
    if (entry?.grant.clientId !== clientId || entry.grant.revoked) return null;
    const outcome = entry.spent ? 'spent' : 'fresh';
    entry.spent = true;
    return { grant: entry.grant, outcome };
  }

  /** @returns false for a token never seen */
  expire(token: string, at: number): boolean {
    const access = this.#access.get(token);
    if (access === undefined) return false;
    access.expiresAt = at;
    return true;
  }

  /** Ends the sign-in a token (access or refresh) belongs to, with all its tokens. @returns false for a token never seen */
  revoke(token: string): boolean {
    const grant = this.grantOf(token);
    if (grant === null) return false;
    grant.revoked = true;
    return true;
  }

  /** Persons with a live sign-in to an application. */
  personsOf(clientId: string): readonly string[] {
    const grants = [...this.#access.values(), ...this.#refresh.values()].map(({ grant }) => grant);
    return [...new Set(grants.filter((grant) => grant.clientId === clientId && !grant.revoked).map(({ personId }) => personId))];
  }
}
