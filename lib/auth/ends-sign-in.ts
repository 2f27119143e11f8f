import type { ErrorCodeName } from '../errors/error-codes';
import type { OuraError } from '../errors/oura-error';

const FINAL: readonly ErrorCodeName[] = [
  'grant_ended',
  'grant_lost',
  'grant_copied',
  'token_refused',
  'tokens_unreadable',
  'client_refused',
];

/** Whether this ends a sign-in for good: asking Oura again would not help. */
export function endsSignIn({ code }: OuraError): boolean {
  return FINAL.includes(code);
}
