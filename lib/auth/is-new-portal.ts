import { PORTALS } from './portals';

/** The beginning of the paths of the new portal, also on the base of a stand-in or a proxy. */
const PATH = '/oauth/v2/ext/';

/** Whether an address, or the `iss` of a callback, is one of the new developer portal's. */
export function isNewPortal(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.origin === PORTALS.new.token.origin || url.pathname.includes(PATH));
}
