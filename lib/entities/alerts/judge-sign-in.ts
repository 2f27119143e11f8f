import type { AlertInputs, Judgement } from './judgement';

/** Whether the account needs a new sign-in. */
export function judgeSignIn({ needsSignIn }: AlertInputs): Judgement {
  return { state: needsSignIn === null ? 'unknown' : needsSignIn ? 'active' : 'clear', day: null, details: {} };
}
