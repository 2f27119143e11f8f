import * as z from 'zod';
import type { WebhookSubscriptions } from '../api/webhook-subscriptions';
import { ENDPOINT_KEYS } from '../catalogue/endpoints';
import { OuraError } from '../errors/oura-error';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { Settings } from '../ports/settings';
import type { AccountConfig } from '../sync/account-config';
import { callbackAddress } from '../sync/webhooks/callback-address';
import type { SubscriptionAccess } from '../sync/webhooks/subscription-set';
import { SubscriptionKeeper, type KeeperOrder } from '../sync/webhooks/subscription-keeper';
import { verificationTokenOf } from '../sync/webhooks/verification-token';
import { WebhookGate } from '../sync/webhooks/webhook-gate';
import { WebhookCounts } from './webhook-counts';
import type { WebhookMember } from './webhook-member';

/** What an application's webhooks need of whoever runs them. */
export interface ApplicationPorts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** @throws OuraError `address_invalid` */
  readonly apiOf: (config: AccountConfig) => WebhookSubscriptions;
  /** Path of the root of HTTP nodes without a slash at its end; null = there are none. */
  readonly publicRoot: () => string | null;
  /** Called after each look at the subscriptions. */
  readonly onLooked: () => void;
}

const SETTING = 'webhookAddresses';
const addresses = z.record(z.string(), z.array(z.string())).catch({});

/** The webhooks of one Oura application: its accounts, and the one set of subscriptions for all of them. */
export class WebhookApplication {
  readonly key: string;
  readonly #ports: ApplicationPorts;
  readonly #members = new Map<string, WebhookMember>();
  readonly gate = new WebhookGate();
  readonly counts = new WebhookCounts();
  readonly keeper: SubscriptionKeeper;
  readonly #stop = new AbortController();
  /** Addresses at Oura that are ours. */
  #addresses = new Set<string>();
  #config: AccountConfig | null = null;
  #access: { readonly key: string; readonly access: SubscriptionAccess } | null = null;
  #callbackUrl: string | null = null;
  #obstacle: OuraError | null = null;
  /** The obstacle that the log has told of. */
  #told: string | null = null;
  #ended: Promise<void> = Promise.resolve();

  constructor(key: string, ports: ApplicationPorts) {
    this.key = key;
    this.#ports = ports;
    const onLooked = (): void => {
      this.#looked();
      ports.onLooked();
    };
    this.keeper = new SubscriptionKeeper({ ...ports, onLooked });
  }

  /** @param onFailed hears what ended it too soon */
  start(onFailed: (cause: unknown) => void): void {
    this.#ended = this.keeper.run(this.#stop.signal).catch((cause: unknown) => {
      if (!this.#stop.signal.aborted) onFailed(cause);
    });
  }

  /** Resolves when nothing is under way any more. Subscriptions stay. */
  async stop(): Promise<void> {
    this.#stop.abort(new DOMException('Nothing uses the webhooks any more.', 'AbortError'));
    await this.#ended;
  }

  get members(): readonly WebhookMember[] {
    return [...this.#members.values()];
  }

  memberOf(accountId: string): WebhookMember | null {
    return this.#members.get(accountId) ?? null;
  }

  join(member: WebhookMember): void {
    this.#config = member.config;
    this.#members.set(member.config.id, member);
  }

  leave(accountId: string): void {
    this.memberOf(accountId)?.end();
    this.#members.delete(accountId);
  }

  /** Nobody is here and nothing of ours is left at Oura. */
  get isOver(): boolean {
    return this.#members.size === 0 && (this.#addresses.size === 0 || this.#access === null);
  }

  /** What stands in the way; null = nothing. */
  get problem(): OuraError | null {
    return this.#obstacle ?? this.keeper.problem;
  }

  /** What Oura calls; null = nothing. */
  get callbackUrl(): string | null {
    return this.#callbackUrl;
  }

  get secrets(): ReadonlySet<string> {
    const configs = this.#members.size === 0 && this.#config !== null ? [this.#config] : this.members.map(({ config }) => config);
    return new Set(configs.map(({ credentials }) => credentials.clientSecret));
  }

  /** The words by which Oura's challenges are known; more than one while a secret is being changed. */
  get verificationTokens(): readonly string[] {
    const { clientId = '' } = this.#config?.credentials ?? {};
    return [...this.secrets].map((secret) => verificationTokenOf(clientId, secret));
  }

  /** What a person's settings know of addresses of ours, from before a restart. */
  recall(settings: Settings): void {
    for (const address of addresses.parse(settings.load(SETTING) ?? {})[this.key] ?? []) this.#addresses.add(address);
  }

  /** Looks at what is wanted now. */
  update(): void {
    this.#callbackUrl = null;
    this.#obstacle = null;
    const order = this.#order();
    this.#tell();
    const key = order === null ? '' : JSON.stringify([{ ...order, access: this.#access?.key, formerUrls: [] }]);
    this.keeper.want(order, key);
  }

  #tell(): void {
    const obstacle = this.#obstacle;
    if (obstacle !== null && obstacle.code !== this.#told) this.#ports.logger.error(obstacle.message);
    this.#told = obstacle?.code ?? null;
  }

  #order(): KeeperOrder | null {
    const [wanted, isComplete] = [this.members.filter(({ isWanted }) => isWanted), this.members.every(({ isWanted }) => isWanted !== null)];
    const [first] = wanted;
    if (first === undefined) return isComplete && this.#addresses.size > 0 ? this.#removal() : null;
    const root = this.#ports.publicRoot();
    const callbackUrl = callbackAddress({ typed: first.config.webhookUrl, root: root ?? '', key: this.key });
    if (callbackUrl === null) return this.#block(new OuraError('webhook_address_invalid'));
    if (root === null) return this.#block(new OuraError('webhook_unserved'));
    const access = this.#accessOf(first.config);
    if (access === null) return null;
    this.#callbackUrl = callbackUrl;
    this.#remember(new Set([...this.#addresses, callbackUrl]));
    const formerUrls = [...this.#addresses].filter((one) => one !== callbackUrl).toSorted();
    const families = ENDPOINT_KEYS.filter((family) => wanted.some((member) => member.takes(family)));
    return { access, callbackUrl, formerUrls, families, isComplete };
  }

  #removal(): KeeperOrder | null {
    const access = this.#access?.access ?? (this.#config === null ? null : this.#accessOf(this.#config));
    if (access === null) return null;
    return { access, callbackUrl: null, formerUrls: [...this.#addresses].toSorted(), families: [], isComplete: true };
  }

  #accessOf(config: AccountConfig): SubscriptionAccess | null {
    const { clientId, clientSecret } = config.credentials;
    const verificationToken = verificationTokenOf(clientId, clientSecret);
    const key = JSON.stringify([config.apiBase, verificationToken]);
    if (this.#access?.key === key) return this.#access.access;
    try {
      this.#access = { key, access: { api: this.#ports.apiOf(config), verificationToken } };
      return this.#access.access;
    } catch (cause) {
      if (!(cause instanceof OuraError)) throw cause;
      return this.#block(cause);
    }
  }

  #block(error: OuraError): null {
    this.#obstacle = error;
    return null;
  }

  /** Only what was carried out is forgotten. */
  #looked(): void {
    const isLost = this.#members.size === 0 && this.keeper.problem?.code === 'webhook_refused'; // nobody can take them away any more
    if (!this.keeper.isDone && !isLost) return;
    this.#remember(new Set(this.#callbackUrl === null ? [] : [this.#callbackUrl]));
    this.update();
  }

  #remember(all: ReadonlySet<string>): void {
    this.#addresses = new Set(all);
    const list = [...all].toSorted();
    for (const settings of new Set(this.members.flatMap(({ host }) => host?.settings ?? []))) {
      const { [this.key]: before = [], ...others } = addresses.parse(settings.load(SETTING) ?? {});
      if (JSON.stringify(before) === JSON.stringify(list)) continue;
      const now = { ...others, ...(list.length > 0 && { [this.key]: list }) };
      settings.save(SETTING, Object.keys(now).length > 0 ? now : undefined);
    }
  }
}
