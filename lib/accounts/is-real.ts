import type { AccountConfig } from '../sync/account-config';

/** Whether an account is about a real person. Made-up ones are not remembered: whoever tries the demo first may choose a ring later. */
export function isReal({ mode }: Pick<AccountConfig, 'mode'>): boolean {
  return mode === 'token' || mode === 'oauth2';
}
