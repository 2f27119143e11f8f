import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { PORTALS, REVOKE_PATH } from './portals';

/** Addresses as an account has them; empty = the known ones. */
export interface GivenAddresses {
  /** Base address of the API. */
  readonly apiBase: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
}

/** Where to sign in: the known addresses, the documented portal's first, or the one given. */
export interface OAuthAddresses {
  readonly authorizeUrls: readonly string[];
  readonly tokenUrls: readonly string[];
  readonly revokeUrl: string;
}

/**
 * The addresses of a sign-in. A base that is not Oura's own (a stand-in, a proxy) has the same paths.
 * @throws OuraError `address_invalid` when one is no http or https address
 */
export function oauthAddresses({ apiBase, authorizeUrl, tokenUrl }: GivenAddresses): OAuthAddresses {
  const base = apiBase.trim().replace(/\/+$/, '');
  const isOura = base === '' || base === LIMITS.apiBase;
  const known = (kind: 'authorize' | 'token'): readonly string[] =>
    Object.values(PORTALS).map((portal) => (isOura ? portal[kind].origin : base) + portal[kind].path);
  const given = (url: string, kind: 'authorize' | 'token'): readonly string[] => (url.trim() === '' ? known(kind) : [url.trim()]);
  const addresses = {
    authorizeUrls: given(authorizeUrl, 'authorize'),
    tokenUrls: given(tokenUrl, 'token'),
    revokeUrl: (isOura ? LIMITS.apiBase : base) + REVOKE_PATH,
  };
  if (![...addresses.authorizeUrls, ...addresses.tokenUrls, addresses.revokeUrl].every(isAddress)) throw new OuraError('address_invalid');
  return addresses;
}

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hash === '';
}
