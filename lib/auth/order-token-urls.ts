import { isNewPortal } from './is-new-portal';

/** What is known about where an application is registered; null = not. */
export interface PortalSigns {
  /** The token address that worked before. */
  readonly remembered: string | null;
  /** The one that `probe` found. */
  readonly probed: string | null;
  /** `iss` of the callback; null = it named none; missing = no callback was seen, only a code. */
  readonly issuer?: string | null;
}

/**
 * Token addresses in the order to try a code, so that the first is right: an address that does not know the application may burn the code
 * (reports of an open-source client, 2026: the documented address burns codes of the new portal).
 */
export function orderTokenUrls(tokenUrls: readonly string[], signs: PortalSigns): readonly string[] {
  const best = [signs.probed, signs.remembered].find((url) => url !== null && tokenUrls.includes(url)) ?? null;
  const isNewLikely = signs.issuer === undefined || (signs.issuer !== null && isNewPortal(signs.issuer));
  const rank = (url: string): number => (url === best ? 0 : isNewPortal(url) === isNewLikely ? 1 : 2);
  return tokenUrls.toSorted((a, b) => rank(a) - rank(b));
}
