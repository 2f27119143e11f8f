/** Where webhooks come in, below the root of HTTP nodes; the application key follows. */
export const WEBHOOK_PATH = '/oura/webhook';

/** What the address of a callback is made of. */
export interface AddressParts {
  /** As a person typed it: an origin, an origin with a path in front of ours, or an address of ours. */
  readonly typed: string;
  /** Path of the root of HTTP nodes without a slash at its end; holds only where the person names no path. */
  readonly root: string;
  readonly key: string;
}

/** The complete address that Oura calls; null = what was typed is no http or https address. */
export function callbackAddress({ typed, root, key }: AddressParts): string | null {
  const url = URL.parse(typed.trim());
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null;
  const path = url.pathname.replace(/\/+$/, '');
  const at = path.indexOf(WEBHOOK_PATH);
  const before = at >= 0 ? path.slice(0, at) : path === '' ? root : path;
  return `${url.origin}${before}${WEBHOOK_PATH}/${key}`;
}
