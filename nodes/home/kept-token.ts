import { STORED } from '../../lib/accounts/read-values';
import { OuraError } from '../../lib/errors/oura-error';
import { homeAddress } from '../../lib/home/websocket/home-address';

/** What the last Deploy kept of an `oura-home` node. */
export interface KeptHome {
  readonly url: string;
  readonly accessToken: string;
}

/**
 * The token that a dialog means. One that the browser only refers to goes to the address it was stored for, and nowhere else.
 * @throws OuraError home_token_other, home_address_invalid
 */
export function keptToken(typed: string, url: string, kept: KeptHome): string {
  if (typed !== STORED) return typed;
  if (kept.url === '' || homeAddress(url).socketUrl !== homeAddress(kept.url).socketUrl) throw new OuraError('home_token_other');
  return kept.accessToken;
}
