import { createHash } from 'node:crypto';
import type { Random } from '../../ports/random';
import { randomHex } from './random-hex';
import type { Grant } from './token-book';

const LIFETIME_MS = 10 * 60_000;

interface Code {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly expiresAt: number;
  spent: boolean;
}

/** Authorization codes: single use, ten minutes (specification, troubleshooting). */
export class AuthorizationCodes {
  readonly #random: Random;
  readonly #codes = new Map<string, Code>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** @param challenge PKCE S256 challenge, null without PKCE */
  issue(grant: Grant, redirectUri: string, challenge: string | null, now: number): string {
    const code = `code-${randomHex(this.#random, 24)}`;
    this.#codes.set(code, { grant, redirectUri, challenge, expiresAt: now + LIFETIME_MS, spent: false });
    return code;
  }

  burn(code: string): void {
    const entry = this.#codes.get(code);
    if (entry !== undefined) entry.spent = true;
  }

  /** Uses a code up. @returns null when it is unknown, old, spent, another application's, or redirect address or verifier do not match */
  take(code: string, clientId: string, redirectUri: string, verifier: string | null, now: number): Grant | null {
    const entry = this.#codes.get(code);
    if (entry === undefined || entry.spent || entry.expiresAt <= now || entry.grant.clientId !== clientId) return null;
    if (entry.redirectUri !== redirectUri) return null;
    if (entry.challenge !== null && entry.challenge !== s256(verifier ?? '')) return null;
    entry.spent = true;
    return entry.grant;
  }
}

function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
