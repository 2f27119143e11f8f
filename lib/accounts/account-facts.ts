import type { Problem } from '../sync/problem-list';
import type { WebhookStatus } from './webhook-status';

/** What is known of an account beside its session. */
export interface AccountFacts {
  readonly slug: string;
  /** Granted permissions without prefix; null = Oura did not tell, or there is no sign-in. */
  readonly scopes: readonly string[] | null;
  /** Whether there is anything to ask Oura with: tokens, an access token, a demo. */
  readonly signedIn: boolean;
  /** Until when the debug log runs, epoch ms; null = it does not. */
  readonly debugUntil: number | null;
  /** The name of an account. */
  readonly nameOf: (accountId: string) => string;
  /** Names of the other accounts of the same person. */
  readonly sharedWith: readonly string[];
  /** Problems of the past, newest last. */
  readonly past: readonly PastProblem[];
  /** How its webhooks stand; null = it has none: no address, or a kind of account that cannot have any. */
  readonly webhooks: WebhookStatus | null;
}

/** A problem that came, and perhaps went. Instants are epoch ms. */
export interface PastProblem {
  readonly at: number;
  readonly error: Problem['error'];
  readonly endpoint: Problem['endpoint'];
  /** null = it stands, or nobody said that it went. */
  readonly solvedAt: number | null;
}
