import type { Told } from '../../lib/accounts/wire';

/** Families in the parameters of an error: `sleep:timed_out, tag:pending`. */
const FAMILIES = /(\w+):(\w+)/g;

/**
 * The parameters of an error as a person reads them: permissions and families by their names.
 * @param t texts of the account's catalogue
 */
export function shownParams(t: (key: string) => string, { params }: Told): Told['params'] {
  const shown: Record<string, string | number> = { ...params };
  for (const name of ['scope', 'scopes']) {
    const value = params[name];
    if (typeof value === 'string') shown[name] = value.replace(/\w+/g, (scope) => named(t, `scope.${scope}`, scope));
  }
  const families = params['families'];
  if (typeof families === 'string') shown['families'] = familiesByReason(t, families);
  return shown;
}

/** `sleep:pending, tag:pending, session:timed_out` as "sleep, tag (not read yet); session (no answer)". */
function familiesByReason(t: (key: string) => string, families: string): string {
  const groups = new Map<string, string[]>();
  for (const [, family = '', why = ''] of families.matchAll(FAMILIES))
    groups.set(why, [...(groups.get(why) ?? []), named(t, `family.${family}.label`, family)]);
  return [...groups].map(([why, names]) => `${names.join(', ')} (${reasonText(t, why)})`).join('; ');
}

/** A reason or the code of an error, in words. */
function reasonText(t: (key: string) => string, why: string): string {
  return named(t, `reason.${why}.label`, named(t, `error.${why}`, why));
}

/** The text of a key, or something else where there is none: Node-RED gives back the key then. */
function named(t: (key: string) => string, key: string, otherwise: string): string {
  const text = t(key);
  return text.endsWith(key) ? otherwise : text;
}
