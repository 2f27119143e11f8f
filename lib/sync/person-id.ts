import { createHash } from 'node:crypto';

/** Person id: first 12 hex digits of SHA-256 of `oura:` + the `id` of personal_info. Names the database and every unique_id, for ever. */
export function personIdOf(personalInfoId: string): string {
  return createHash('sha256').update(`oura:${personalInfoId}`).digest('hex').slice(0, 12);
}
