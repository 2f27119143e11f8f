import { createHmac } from 'node:crypto';

const LENGTH = 32;

/** The word by which Oura's challenges are known. Derived from the secret, it needs no place of its own and outlives every restart. */
export function verificationTokenOf(clientId: string, clientSecret: string): string {
  return createHmac('sha256', clientSecret).update(`oura-webhook:${clientId}`).digest('hex').slice(0, LENGTH);
}
