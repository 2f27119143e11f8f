import type { OuraError } from '../errors/oura-error';

/** Whether an account is signed in at Oura; `error` says why not. */
export interface SignInState {
  readonly isSignedIn: boolean;
  /** Granted permissions; null = Oura did not tell, or nobody is signed in. */
  readonly scopes: readonly string[] | null;
  /** The application signed in to and its token address; null = nobody is signed in. */
  readonly origin: { readonly clientId: string; readonly tokenUrl: string } | null;
  readonly error: OuraError | null;
}
