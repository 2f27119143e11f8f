import type { OuraError } from '../errors/oura-error';

/** System errors that come before anything was sent. */
const BEFORE = /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/;

/** Statuses from here on are failures, those below are refusals: the token was not taken. */
const FAILURE = 500;

/** Whether a refresh that ended so may have spent its token: it may have reached Oura, and what Oura answered is not known. */
export function mayHaveSpent({ code, params }: OuraError): boolean {
  if (code === 'unreachable') return !BEFORE.test(String(params['reason']));
  if (code === 'server_failed') return Number(params['status']) >= FAILURE;
  return code === 'timed_out' || code === 'token_answer_invalid' || code === 'unexpected';
}
