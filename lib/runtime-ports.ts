import type { CarePorts } from './accounts/account-care';
import type { WebhookPorts } from './accounts/webhook-desk';
import type { ApplicationLimits } from './api/application';
import type { TokenRequests } from './auth/token-requests';
import type { Clock } from './ports/clock';
import type { Http } from './ports/http';
import type { Logger } from './ports/logger';
import type { Random } from './ports/random';
import type { TokenStore } from './ports/token-store';

/** What the runtime is given by its host. */
export interface RuntimePorts {
  /** Folder for databases and settings: `<userDir>/oura`. */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly http: Http;
  /** Where tokens of OAuth2 sign-ins are kept, and who asks Oura for them. */
  readonly tokenStore: TokenStore;
  readonly tokenRequests: TokenRequests;
  /** What the host knows: versions, the accounts of its flows, where it can be reached. */
  readonly host: Pick<CarePorts, 'version' | 'nodeRed' | 'accountIds' | 'callbackPath'> & Pick<WebhookPorts, 'publicRoot'>;
  /** Numbers of each application's limiter; missing = LIMITS. */
  readonly limits?: Partial<ApplicationLimits>;
}
