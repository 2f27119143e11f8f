import { OuraError } from '../errors/oura-error';

/** What the system says of a file or folder as `folder_refused` with the name of its code, never a path; anything else as it came. */
export function folderRefused(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  const { code, syscall } = cause as Error & { readonly code?: unknown; readonly syscall?: unknown }; // Node.js puts them there
  const isOfSystem = typeof code === 'string' && typeof syscall === 'string';
  return isOfSystem ? new OuraError('folder_refused', { reason: code }, { cause }) : cause;
}
