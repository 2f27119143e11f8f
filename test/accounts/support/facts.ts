import type { AccountFacts } from '../../../lib/accounts/account-facts';

/** What a runtime says of an account that is signed in and alone. */
export function facts(more: Partial<AccountFacts> = {}): AccountFacts {
  return {
    slug: 'ann',
    scopes: null,
    signedIn: true,
    debugUntil: null,
    nameOf: (accountId) => `name of ${accountId}`,
    sharedWith: [],
    past: [],
    webhooks: null,
    ...more,
  };
}
