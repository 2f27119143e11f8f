import type { Found } from '../../lib/accounts/wire';

/** Where the editor was opened; `window.location` is one. */
export interface Place {
  readonly origin: string;
  readonly hostname: string;
  readonly pathname: string;
}

/**
 * What to know about a redirect address. ingress: opened within Home Assistant · switched_off: HTTP nodes are · paste: the address does not
 * lead here, so it has to be pasted · here: the one that does lead here may be tried instead · plain_http: Oura may refuse it · login: the
 * browser asks for a login on the way back
 */
export type RedirectNote = 'ingress' | 'switched_off' | 'paste' | 'here' | 'plain_http' | 'login';

/** Taken by Oura everywhere; the browser cannot open it unless Node-RED runs on the same machine. */
export const LOCAL_ADDRESS = 'http://localhost:1880/oura/oauth/callback';
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
const INGRESS = /\/(?:api\/hassio_ingress|hassio)\//;

/** The redirect address to propose. One without https that is not of the own machine may be refused by Oura. */
export function redirectAddress(place: Place, found: Pick<Found, 'callbackPath'>): string {
  const here = addressHere(place, found);
  return here === null || isPlain(here) ? LOCAL_ADDRESS : here;
}

/** The address that leads to this Node-RED; null = none: within Home Assistant's ingress it would change and ask for its session. */
export function addressHere(place: Place, found: Pick<Found, 'callbackPath'>): string | null {
  return INGRESS.test(place.pathname) || found.callbackPath === null ? null : `${place.origin}${found.callbackPath}`;
}

/** What a person should know about a redirect address before registering it. */
export function redirectNotes(
  address: string,
  place: Place,
  found: Pick<Found, 'callbackPath' | 'callbackLogin'>,
): readonly RedirectNote[] {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isPasted = url !== null && LOOPBACK.test(url.hostname) && !leadsHere(url, place);
  const here = addressHere(place, found);
  const notes: readonly (RedirectNote | false)[] = [
    INGRESS.test(place.pathname) && 'ingress',
    found.callbackPath === null && 'switched_off',
    isPasted && 'paste',
    isPasted && here !== null && isPlain(here) && 'here',
    isPlain(address) && 'plain_http',
    url !== null && !isPasted && found.callbackPath !== null && found.callbackLogin && 'login',
  ];
  return notes.filter((note) => note !== false);
}

function isPlain(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === 'http:' && !LOOPBACK.test(url.hostname);
}

function leadsHere(url: URL, place: Place): boolean {
  return url.origin === place.origin || (LOOPBACK.test(place.hostname) && new URL(place.origin).port === url.port);
}
