/** The prefix that the new portal puts in front of permissions it grants. */
const PREFIX = /^extapi:/;

/** Permissions of a `scope` text, sorted, without prefix; null when there is none: Oura did not tell. */
export function readScopes(text: string | null): readonly string[] | null {
  const names = (text ?? '').split(/[\s,]+/).map((name) => name.replace(PREFIX, ''));
  const scopes = [...new Set(names)].filter((name) => name !== '').toSorted();
  return scopes.length === 0 ? null : scopes;
}
