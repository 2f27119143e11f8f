import { LIMITS } from '../catalogue/limits';
import { endpointOf, type EndpointKey } from '../catalogue/endpoints';
import type { AccountConfig } from '../sync/account-config';
import type { AccountSession } from '../sync/account-session';
import { isFetched } from '../sync/engine-options';
import type { PersonHost } from '../sync/person-host';

/** One account of an Oura application, as its webhooks see it. It stays while it is in the flows, running or not. */
export class WebhookMember {
  readonly config: AccountConfig;
  /** null = it does not run: it is being restarted, or disabled. */
  session: AccountSession | null;
  /** When it stopped to run, epoch ms. */
  leftAt = 0;
  host: PersonHost | null = null;
  /** The person's switch; null = the person is not known yet. */
  isOn: boolean | null;
  /** Ends what follows the session. */
  end: () => void = () => undefined;

  constructor(session: AccountSession, before: WebhookMember | null) {
    this.config = session.config;
    this.session = session;
    this.isOn = before?.isOn ?? null;
  }

  /** Whether the account names an address for webhooks. */
  get hasAddress(): boolean {
    return this.config.webhookUrl !== '';
  }

  /** Whether webhooks shall work for it; null = that depends on a switch nobody knows yet. */
  get isWanted(): boolean | null {
    return this.hasAddress ? this.isOn : false;
  }

  /** Whether it may turn out soon whose account it is: it starts, or has just ended and may start again. */
  mayKnow(now: number): boolean {
    const isBetween = this.session === null && Math.abs(now - this.leftAt) < LIMITS.webhookAwayMs;
    return (isBetween || this.session !== null) && this.host === null && this.isWanted !== false;
  }

  /** Whether events of a family are of use for it. */
  takes(family: EndpointKey): boolean {
    return this.hasAddress && this.isOn !== false && endpointOf(family).webhook !== null && isFetched(this.config.engine, family);
  }
}
