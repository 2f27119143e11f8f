import { SCOPES, type Scope } from '../../lib/catalogue/scopes';

const ALL = Object.keys(SCOPES) as Scope[]; // of a constant without further keys
const USUAL = ALL.filter((scope) => SCOPES[scope].asked);

/** The permissions an account asks for. @param property as saved, with spaces between; empty = the usual ones */
export function chosenScopes(property: string): readonly string[] {
  const named = property.split(/[\s,]+/).filter((scope) => scope !== '');
  return named.length === 0 ? USUAL : named;
}

/** The permissions as an account saves them: nothing when they are the usual ones, so that later versions may add to those. */
export function scopesProperty(chosen: readonly string[]): string {
  const isUsual = chosen.length === USUAL.length && USUAL.every((scope) => chosen.includes(scope));
  return isUsual ? '' : ALL.filter((scope) => chosen.includes(scope)).join(' ');
}
