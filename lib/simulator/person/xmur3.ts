/**
 * A 32-bit number from a text. The hash xmur3 by bryc (public domain), built on the mixing steps of MurmurHash3.
 * @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md
 */
export function xmur3(text: string): number {
  let h = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i += 1) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  h = Math.imul(h ^ (h >>> 16), 2246822507);
  h = Math.imul(h ^ (h >>> 13), 3266489909);
  return (h ^ (h >>> 16)) >>> 0;
}
