import type { CodeExchange, OAuthApplication } from '../ports/oauth';
import type { TokenSet } from '../ports/token-store';
import { renew, type RenewPorts } from './renew';
import type { Renewal, RenewalOrder, TokenRequests } from './token-requests';

/** TokenRequests made by this process itself. */
export class InProcessTokenRequests implements TokenRequests {
  readonly #ports: RenewPorts;

  constructor(ports: RenewPorts) {
    this.#ports = ports;
  }

  exchange(application: OAuthApplication, exchange: CodeExchange): Promise<TokenSet> {
    return this.#ports.oauth.exchange(application, exchange);
  }

  renew(order: RenewalOrder): Promise<Renewal> {
    return renew(order, this.#ports);
  }

  revoke(application: OAuthApplication, tokens: TokenSet): Promise<void> {
    return this.#ports.oauth.revoke(application, tokens);
  }

  probe(application: OAuthApplication): Promise<string | null> {
    return this.#ports.oauth.probe(application);
  }
}
