import { oauthAddresses } from '../auth/oauth-addresses';
import type { OAuthApplication } from '../ports/oauth';
import type { AccountConfig } from '../sync/account-config';

/** The Oura application of an account, with the token addresses it may have. @throws OuraError `address_invalid` */
export function applicationOf(config: AccountConfig): OAuthApplication {
  const { tokenUrls, revokeUrl } = oauthAddresses(config);
  const { clientId, clientSecret } = config.credentials;
  return { clientId, clientSecret, tokenUrls, revokeUrl };
}
