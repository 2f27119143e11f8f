/** The name of a system error such as `ENOSPC`; null for anything else. */
export function systemCode(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  const { code } = cause as Error & { readonly code?: unknown }; // Node.js puts it there
  return typeof code === 'string' ? code : null;
}
