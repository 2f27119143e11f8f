import type { OuraError } from '../errors/oura-error';
import type { TokenSet } from '../ports/token-store';
import type { AccountConfig } from '../sync/account-config';

/** One try to sign in, from its beginning until it is cancelled or another one begins. */
export interface SignInAttempt {
  readonly config: AccountConfig;
  /** epoch ms */
  readonly beganAt: number;
  /** What was kept before; null = nothing that could be read. */
  readonly replaced: TokenSet | null;
  phase: 'waiting' | 'working' | 'other_person' | 'failed' | 'kept';
  error: OuraError | null;
  /** A sign-in of another person, until that is confirmed. */
  held: TokenSet | null;
}
