import { LIMITS } from '../catalogue/limits';

/** What to do about a token that the API has refused. */
export type RefusalVerdict = 'renew' | 'wait' | 'end';

/**
 * Remembers which access tokens the API refused: refusals must not make a loop. A token that is refused soon after its renewal begins a
 * round: until its pause is over nothing is renewed because of refusals. Each further round in a row doubles the pause; the last one ends
 * the sign-in.
 */
export class RefusedToken {
  #refused: string | null = null;
  #replacement: { readonly accessToken: string; readonly at: number } | null = null;
  #rounds = 0;
  #pause: { readonly accessToken: string; readonly from: number; readonly ms: number } | null = null;

  refuse(accessToken: string): void {
    this.#refused = accessToken;
  }

  is(accessToken: string): boolean {
    return accessToken === this.#refused;
  }

  /** @param now epoch ms */
  replaced(before: string, accessToken: string, now: number): void {
    if (this.is(before) || this.#rounds > 0) this.#replacement = { accessToken, at: now };
  }

  /** @param now epoch ms */
  judge(accessToken: string, now: number): RefusalVerdict {
    if (this.#pause !== null && isWithin(this.#pause.from, this.#pause.ms, now)) return 'wait';
    const replacement = this.#replacement;
    if (replacement?.accessToken === accessToken && isWithin(replacement.at, LIMITS.tokenFreshMs, now)) {
      this.#rounds += 1;
      this.#pause = { accessToken, from: replacement.at, ms: LIMITS.tokenFreshMs * 2 ** (this.#rounds - 1) };
      return this.#rounds < LIMITS.tokenRefusalRounds ? 'wait' : 'end';
    }
    if (accessToken !== this.#pause?.accessToken) this.#rounds = 0; // it has worked for a while
    return 'renew';
  }

  forget(): void {
    this.#refused = null;
    this.#replacement = null;
    this.#rounds = 0;
    this.#pause = null;
  }
}

/** A clock that was set back ends it too, or makes it last a second time at most. */
function isWithin(from: number, ms: number, now: number): boolean {
  return Math.abs(now - from) < ms;
}
