/** What no id holds; such a path segment would name another resource. */
const IMPOSSIBLE = /^\.{0,2}$|\p{Cc}|\p{Cs}/u;

/** A document's id as a path segment; null for an id that cannot be one (empty, `.`, `..`, control characters, half a character). */
export function documentSegment(id: string): string | null {
  return IMPOSSIBLE.test(id) ? null : encodeURIComponent(id);
}
