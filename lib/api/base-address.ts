import { OuraError } from '../errors/oura-error';

/**
 * The API's address without trailing slashes.
 * @param text an http or https address; a path in front of the API's own is allowed (reverse proxies)
 * @throws OuraError `address_invalid` for anything else, also for an address that carries a user name, a query or a fragment
 */
export function baseAddress(text: string): string {
  const trimmed = text.trim().replace(/\/+$/, '');
  const url = URL.parse(trimmed);
  if (url === null || !/^https?:\/\//i.test(trimmed) || !/^https?:$/.test(url.protocol)) throw new OuraError('address_invalid');
  if (url.username !== '' || url.password !== '' || /[?#]/.test(trimmed)) throw new OuraError('address_invalid');
  return trimmed;
}
