import { isNewPortal } from './is-new-portal';

/**
 * The consent page of the portal that a token address belongs to.
 * @param authorizeUrls at least one
 * @param tokenUrl null = the portal is not known: the documented one, which comes first
 */
export function authorizeUrlFor(authorizeUrls: readonly string[], tokenUrl: string | null): string {
  const [first = ''] = authorizeUrls;
  return tokenUrl === null ? first : (authorizeUrls.find((url) => isNewPortal(url) === isNewPortal(tokenUrl)) ?? first);
}
