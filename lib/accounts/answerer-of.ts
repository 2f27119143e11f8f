import type { HttpResponse } from '../ports/http';

/** Who can be recognised by what they answer. The more telling ones come first: much of the web is behind Cloudflare and nginx. */
const KNOWN: readonly (readonly [name: string, isIt: (text: string, headers: HttpResponse['headers']) => boolean])[] = [
  ['Nabu Casa', (text) => /nabu ?casa/i.test(text)],
  ['Home Assistant', (text) => /home-assistant|<title>\s*home assistant/i.test(text)],
  ['Authelia', (text) => /\bauthelia\b/i.test(text)],
  ['authentik', (text) => /\bauthentik\b/i.test(text)],
  ['ngrok', (text, headers) => headers['ngrok-error-code'] !== undefined || /\bngrok\b/i.test(text)],
  ['Tailscale', (text) => /\btailscale\b/i.test(text)],
  ['Cloudflare', (text, headers) => /cloudflare/i.test(headers['server'] ?? '') || /\bcloudflare\b/i.test(text)],
  ['Traefik', (text) => text.trim() === '404 page not found'],
  ['nginx', (text) => /<center>(?:nginx|openresty)/i.test(text)],
  ['Apache', (text) => /<address>Apache/i.test(text)],
];
/** How much of a page is looked at, characters. */
const LOOKED_AT = 20_000;

/** Who has answered, in a few plain words: a well-known name, what the server calls itself, or the host. */
export function answererOf({ headers, text }: HttpResponse, host: string): string {
  const start = text.slice(0, LOOKED_AT);
  const known = KNOWN.find(([, isIt]) => isIt(start, headers))?.[0];
  return known ?? /^[A-Za-z][\w.-]{1,30}/.exec(headers['server'] ?? '')?.[0] ?? host;
}
