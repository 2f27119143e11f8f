import { OuraError } from './oura-error';

/** Anything thrown as an OuraError; what is none yet becomes `unexpected` with the original as cause and only its class as text. */
export function toOuraError(cause: unknown): OuraError {
  if (cause instanceof OuraError) return cause;
  return new OuraError('unexpected', { reason: cause instanceof Error ? cause.name : typeof cause }, { cause });
}
