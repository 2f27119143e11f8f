import type { AccessTokens } from '../ports/access-tokens';
import type { Clock } from '../ports/clock';
import type { Http } from '../ports/http';
import type { Logger } from '../ports/logger';
import type { Random } from '../ports/random';
import type { Application } from './application';
import type { Budget } from './budget';

/** What a client of the API works with. */
export interface ClientPorts {
  readonly http: Http;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Shared by all clients of the same Oura application. */
  readonly application: Application;
  readonly budget: Budget;
  /** Address of the API, `https://api.ouraring.com`. */
  readonly base: string;
  /** Asks the sandbox's made-up data. Default false. */
  readonly sandbox?: boolean;
  /** Longest one try may take. Default LIMITS.requestTimeoutMs. */
  readonly timeoutMs?: number;
}
