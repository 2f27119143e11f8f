import { Subscribers } from '../async/subscribers';
import type { EndpointKey } from '../catalogue/endpoints';
import { toOuraError } from '../errors/to-oura-error';
import type { Settings } from '../ports/settings';
import type { AccountConfig } from '../sync/account-config';
import type { AccountSession } from '../sync/account-session';
import type { WebhookHealth } from '../sync/engine-events';
import type { PersonHost } from '../sync/person-host';
import { applicationKeyOf } from '../sync/webhooks/application-key';
import { callbackAddress, WEBHOOK_PATH } from '../sync/webhooks/callback-address';
import { sameSecret } from '../sync/webhooks/same-secret';
import type { PostHeaders } from '../sync/webhooks/webhook-gate';
import { isReal } from './is-real';
import { WebhookApplication, type ApplicationPorts } from './webhook-application';
import { WebhookInbox } from './webhook-inbox';
import { WebhookMember } from './webhook-member';
import { WebhookReceiver } from './webhook-receiver';
import { webhookRefusal } from './webhook-refusal';
import type { WebhookStatus } from './webhook-status';
import { webhookStatusOf } from './webhook-status-of';

/** What a person has chosen about webhooks. */
export interface WebhookSwitch {
  isOn(): boolean;
  /** @returns ends it */
  follow(hear: () => void): () => void;
}

/** An answer at the public address. */
export interface WebhookAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface WebhookPorts extends Omit<ApplicationPorts, 'onLooked'> {
  /** Ids of all accounts of the flows, disabled ones too. */
  readonly accountIds: () => ReadonlySet<string>;
  readonly switchOf: (settings: Settings) => WebhookSwitch;
  /** Answers a call that a check of the address has made itself; null = it is none. */
  readonly answerCheck?: (query: URLSearchParams) => WebhookAnswer | null;
}

const [OK, BAD_REQUEST, UNAUTHORISED, NOT_FOUND, UNAVAILABLE] = [200, 400, 401, 404, 503];

/** Where Oura's events come in: for each application its accounts, its subscriptions, and what was refused. It outlives every deploy. */
export class WebhookDesk {
  readonly #ports: WebhookPorts;
  readonly #applications = new Map<string, WebhookApplication>();
  readonly #inbox: WebhookInbox;
  readonly #receiver: WebhookReceiver;
  readonly #health = new Map<string, WebhookHealth>();
  #isStopped = false;
  /** Hears the ids of accounts whose status is another one now. */
  readonly changed: Subscribers<string>;

  constructor(ports: WebhookPorts) {
    this.#ports = ports;
    this.changed = new Subscribers((error) => {
      ports.logger.error(`A listener failed: ${toOuraError(error).message}`);
    });
    this.#inbox = new WebhookInbox(ports.clock, (personId) => {
      for (const { config, host } of this.#members()) if (host?.personId === personId) this.changed.tell(config.id);
    });
    this.#receiver = new WebhookReceiver(ports, this.#inbox);
  }

  /** An account has started, perhaps with other settings than before. */
  attend(session: AccountSession): void {
    const { config } = session;
    const application = this.#applicationOf(config);
    const before = this.#find(config.id);
    before?.member.end();
    if (before !== null && before.application !== application) before.application.leave(config.id);
    const member = new WebhookMember(session, before?.member ?? null);
    application?.join(member);
    if (application !== null) member.end = session.withHost((host) => this.#begin(application, member, host));
    this.#refresh();
  }

  /** An account has ended: it was changed, disabled or removed. */
  left(session: AccountSession): void {
    for (const member of this.#members()) {
      if (member.session !== session) continue;
      member.session = null;
      member.leftAt = this.#ports.clock.now();
    }
    this.review();
  }

  /** Everything of an account's person was deleted: it wants nothing until it works again. */
  rest(accountId: string): void {
    const { member = null } = this.#find(accountId) ?? {};
    if (member !== null) member.isOn = false;
    this.#refresh();
  }

  /** Accounts that are gone from the flows want nothing any more. */
  review(): void {
    if (this.#isStopped) return;
    const known = this.#ports.accountIds();
    for (const application of this.#applications.values())
      for (const { config, session } of application.members) if (session === null && !known.has(config.id)) application.leave(config.id);
    this.#refresh();
  }

  /** Answers Oura's question whether the address is meant to be called. */
  challenge(applicationKey: string, query: URLSearchParams): WebhookAnswer {
    const own = this.#ports.answerCheck?.(query) ?? null;
    if (own !== null) return own;
    const application = this.#applications.get(applicationKey);
    if (application === undefined) return { status: NOT_FOUND, body: webhookRefusal('unknown_application') };
    const given = query.get('verification_token') ?? '';
    const isRight = application.verificationTokens.filter((token) => sameSecret(token, given)).length > 0;
    if (!isRight) return { status: UNAUTHORISED, body: webhookRefusal('signature') };
    const challenge = query.get('challenge');
    return challenge === null ? { status: BAD_REQUEST, body: webhookRefusal('malformed') } : { status: OK, body: { challenge } };
  }

  /** Takes a post, as WebhookReceiver does. Never throws. */
  receive(applicationKey: string, headers: PostHeaders, body: Buffer): { readonly status: number } {
    if (this.#isStopped) return { status: UNAVAILABLE };
    return this.#receiver.receive(this.#applications.get(applicationKey) ?? null, headers, body);
  }

  /** How the webhooks of an account stand; `off` also for one that nobody knows. */
  statusOf(accountId: string): WebhookStatus {
    const { application = null, member = null } = this.#find(accountId) ?? {};
    const personId = member?.host?.personId ?? null;
    return webhookStatusOf({
      application,
      member,
      last: personId === null ? null : this.#inbox.lastOf(personId),
      isSilent: personId !== null && this.#health.get(personId) === 'silent',
      unknownApplications: this.#receiver.unknownApplications,
    });
  }

  /** The complete callback address of an account, deployed or not, and the path at which Node-RED serves it; null = there is none. */
  addressOf({ webhookUrl, credentials }: Pick<AccountConfig, 'webhookUrl' | 'credentials'>): {
    readonly callbackUrl: string | null;
    readonly servedAt: string | null;
  } {
    const root = this.#ports.publicRoot();
    const key = applicationKeyOf(credentials.clientId);
    return {
      callbackUrl: credentials.clientId === '' ? null : callbackAddress({ typed: webhookUrl, root: root ?? '', key }),
      servedAt: root === null ? null : `${root}${WEBHOOK_PATH}/${key}`,
    };
  }

  /** Looks at the subscriptions of an account's application now, and makes them anew. Resolves when that was tried; see its status. */
  async resubscribe(accountId: string, signal: AbortSignal): Promise<void> {
    const { application = null, member = null } = this.#find(accountId) ?? {};
    if (member?.isWanted === true) await application?.keeper.lookNow(signal);
  }

  /** Resolves when nothing is under way any more; subscriptions stay at Oura. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#applications.values()].map((application) => application.stop()));
  }

  #begin(application: WebhookApplication, member: WebhookMember, host: PersonHost): () => void {
    const chosen = this.#ports.switchOf(host.settings);
    const look = (): void => {
      member.isOn = chosen.isOn();
      this.#refresh();
    };
    member.host = host;
    this.#inbox.open(host);
    application.recall(host.settings);
    look();
    const ends = [
      chosen.follow(look),
      host.events.add((event) => {
        if (event.type === 'webhooks') this.#feel(host.personId, event.health);
      }),
    ];
    return () => {
      for (const end of ends) end();
      member.host = null;
      if (this.#members().every((other) => other.host !== host)) this.#inbox.close(host);
    };
  }

  /** Polling has found what no event told of, or events come again. */
  #feel(personId: string, health: WebhookHealth): void {
    if (this.#health.get(personId) === health) return;
    this.#health.set(personId, health);
    for (const application of this.#applications.values())
      if (health === 'silent' && application.members.some(({ host }) => host?.personId === personId)) application.keeper.revive();
    for (const { config, host } of this.#members()) if (host?.personId === personId) this.changed.tell(config.id);
  }

  #refresh(): void {
    if (this.#isStopped) return;
    for (const application of this.#applications.values()) application.update();
    this.#spread();
  }

  /** What stands now reaches engines and listeners; applications of which nothing is left go. */
  #spread(): void {
    const hosts = new Set([...this.#members()].flatMap(({ host }) => host ?? []));
    for (const host of hosts) host.cover(new Set(this.#coveredOf(host)));
    for (const { config } of this.#members()) this.changed.tell(config.id);
    for (const application of [...this.#applications.values()].filter(({ isOver }) => isOver)) {
      this.#applications.delete(application.key);
      void application.stop(); // it reports its own failure
    }
  }

  #coveredOf(host: PersonHost): readonly EndpointKey[] {
    return [...this.#applications.values()].flatMap(({ members, keeper }) => {
      const own = members.filter((member) => member.host === host && member.isWanted);
      return keeper.live.filter((family) => own.some((member) => member.takes(family)));
    });
  }

  #applicationOf(config: AccountConfig): WebhookApplication | null {
    const { clientId, clientSecret } = config.credentials;
    if (!isReal(config) || clientId === '' || clientSecret === '') return null;
    const key = applicationKeyOf(clientId);
    const known = this.#applications.get(key);
    if (known !== undefined) return known;
    const onLooked = (): void => {
      this.#spread();
    };
    const application = new WebhookApplication(key, { ...this.#ports, onLooked });
    this.#applications.set(key, application);
    application.start((cause) => {
      this.#ports.logger.error(`The webhooks of an application have stopped: ${toOuraError(cause).message}`);
    });
    return application;
  }

  #members(): readonly WebhookMember[] {
    return [...this.#applications.values()].flatMap(({ members }) => members);
  }

  #find(accountId: string): { readonly application: WebhookApplication; readonly member: WebhookMember } | null {
    for (const application of this.#applications.values()) {
      const member = application.memberOf(accountId);
      if (member !== null) return { application, member };
    }
    return null;
  }
}
