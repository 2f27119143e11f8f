import { OuraError } from '../../errors/oura-error';
import { UNUSABLE } from './result-codes';

/** Codes of Node.js itself: there is no node:sqlite (before 22.13 without a flag), the file is closed. */
const NODE_CODES: readonly unknown[] = ['ERR_UNKNOWN_BUILTIN_MODULE', 'ERR_INVALID_STATE'];

type NodeError = Error & { readonly code?: unknown; readonly errcode?: unknown; readonly syscall?: unknown };

/**
 * `store_unavailable` when the machine, the disk or the file refuses; its reason is the name of the code, never a path.
 * @returns anything else as it came: that is a mistake of this package
 */
export function storeError(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof OuraError) return cause;
  const { code, errcode, syscall } = cause as NodeError; // Node.js puts them there
  const isOfSystem = typeof code === 'string' && (typeof syscall === 'string' || NODE_CODES.includes(code));
  const primary = typeof errcode === 'number' ? errcode & 0xff : null; // extended codes keep the primary one in their low byte
  const reason = primary !== null ? UNUSABLE.get(primary) : isOfSystem ? code : undefined;
  return reason === undefined ? cause : new OuraError('store_unavailable', { reason }, { cause });
}
