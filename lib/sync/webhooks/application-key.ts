import { createHash } from 'node:crypto';

const LENGTH = 16;

/** What names an Oura application in the public address of its webhooks: part of a digest, so that the address tells nobody its id. */
export function applicationKeyOf(clientId: string): string {
  return createHash('sha256').update(`oura-application:${clientId}`).digest('hex').slice(0, LENGTH);
}
