/** Letters that Unicode does not take apart into a base letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', å: 'a', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** A name as `[a-z0-9]` with single `_`; `ring` if nothing is left. */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[ßæœøåłđðþı]/g, (letter) => LETTERS[letter] ?? '')
    .normalize('NFKD')
    .toLowerCase() // the form takes signs such as № apart into capitals
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return plain === '' ? 'ring' : plain;
}

/** The slug, or the first of `slug_2`, `slug_3` … that is not taken. */
export function uniqueSlug(slug: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? slug : `${slug}_${String(n)}`;
    if (!taken.has(candidate)) return candidate;
  }
}
