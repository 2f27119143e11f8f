import type { ErrorCodeName } from '../errors/error-codes';
import { OuraError } from '../errors/oura-error';

/** Failures of the service or of the way to it, as opposed to answers one may not like. */
const OUTAGE: readonly ErrorCodeName[] = ['unreachable', 'timed_out', 'server_failed', 'body_not_json'];

/** Whether the same request may work on the next try. */
export function isOutage(error: unknown): error is OuraError {
  return error instanceof OuraError && OUTAGE.includes(error.code);
}
