import type { Progress } from '../../lib/accounts/wire';

/** How far a sign-in has come. `signedIn`: whether the account is signed in now, whatever became of the last try; missing = as `phase`. */
export interface SignInProgress extends Omit<Progress, 'signedIn'> {
  readonly signedIn?: boolean;
}
