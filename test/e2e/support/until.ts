const PATIENCE_MS = 60_000;
const EVERY_MS = 25;

/** What has not come yet. */
export type Missing = null | undefined | false;

/**
 * Asks again and again until there is an answer.
 * @param what named by the error when it does not come
 * @param tell what the error adds, such as the end of a log
 * @throws Error when the patience is at its end
 */
export async function until<T>(
  what: string,
  probe: () => T | Missing | Promise<T | Missing>,
  { patienceMs = PATIENCE_MS, tell = () => '' }: { readonly patienceMs?: number; readonly tell?: () => string } = {},
): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const found = await probe();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}\n${tell()}`.trimEnd());
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
