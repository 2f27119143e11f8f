import type { Callback, SubscriptionType, WebhookSubscription, WebhookSubscriptions } from '../../api/webhook-subscriptions';
import { OuraError } from '../../errors/oura-error';
import type { Clock } from '../../ports/clock';
import { keyOfType } from './key-of-type';
import { planSubscriptions, renewalOf, type SubscriptionStep, type SubscriptionTarget } from './plan-subscriptions';

/** How Oura is asked, and the word for its challenges. */
export interface SubscriptionAccess {
  readonly api: WebhookSubscriptions;
  readonly verificationToken: string;
}

const UNPROCESSABLE = 422;

/** What is known of an application's subscriptions at one address, and the steps that make them what is wanted. */
export class SubscriptionSet {
  readonly #clock: Clock;
  /** Hears that subscriptions of another address come here now. */
  readonly #onTakeOver: () => void;
  /** Those at the wanted address, by kind and type. */
  #held = new Map<string, WebhookSubscription>();
  /** How long subscriptions run from their last renewal, by id. */
  readonly #lives = new Map<string, number>();
  /** Kinds and types that Oura does not know. */
  readonly #declined = new Set<string>();

  constructor(clock: Clock, onTakeOver: () => void) {
    this.#clock = clock;
    this.#onTakeOver = onTakeOver;
  }

  isLive(type: SubscriptionType): boolean {
    const held = this.#held.get(keyOfType(type));
    return held !== undefined && (held.expiresAt === null || held.expiresAt > this.#clock.now());
  }

  /** Whether Oura has said that there is no such thing. */
  isDeclined(type: SubscriptionType): boolean {
    return this.#declined.has(keyOfType(type));
  }

  get nextExpiryAt(): number | null {
    const expiries = this.#expiries();
    return expiries.length === 0 ? null : Math.min(...expiries.map(({ expiresAt }) => expiresAt));
  }

  get nextRenewalAt(): number | null {
    const renewals = this.#expiries().map(({ id, expiresAt }) => renewalOf(expiresAt, this.#lives.get(id) ?? null));
    return renewals.length === 0 ? null : Math.min(...renewals);
  }

  /** Nothing is known to be live any more. */
  forget(): void {
    this.#held = new Map();
  }

  /**
   * Makes Oura's list what is wanted. What was reached before a failure holds.
   * @throws OuraError as the methods of WebhookSubscriptions; the signal's reason
   */
  async reconcile(access: SubscriptionAccess, target: SubscriptionTarget, signal: AbortSignal): Promise<void> {
    const { callbackUrl } = target;
    const listed = await access.api.list(signal);
    const steps = planSubscriptions(listed, target, this.#clock.now(), (id) => this.#lives.get(id) ?? null);
    const wanted = new Set(target.types.map(keyOfType));
    const held = listed.filter((one) => one.callbackUrl === callbackUrl && wanted.has(keyOfType(one)));
    this.#held = new Map(held.map((one) => [keyOfType(one), one]));
    for (const step of steps) await this.#do(step, access, target, signal);
  }

  /** Makes every subscription anew without a gap: Oura asks for an answer again, and its time begins again. @throws as reconcile */
  async revive({ api, verificationToken }: SubscriptionAccess, callbackUrl: string, signal: AbortSignal): Promise<void> {
    for (const [key, { id }] of [...this.#held]) {
      const changed = await api.change(id, { callbackUrl, verificationToken }, signal);
      const renewed = changed === null ? null : await api.renew(id, signal);
      if (renewed === null)
        this.#held.delete(key); // made anew when the list is next looked at
      else this.#keep(renewed);
    }
  }

  async #do(
    step: SubscriptionStep,
    { api, verificationToken }: SubscriptionAccess,
    target: SubscriptionTarget,
    signal: AbortSignal,
  ): Promise<void> {
    const { callbackUrl, formerUrls } = target;
    if (step.do === 'remove') {
      await api.remove(step.subscription.id, signal);
      return;
    }
    if (callbackUrl === null) return;
    const callback: Callback = { callbackUrl, verificationToken };
    if (step.do === 'create') {
      await this.#create(api, step.type, callback, signal);
      return;
    }
    const { id } = step.subscription;
    const done = step.do === 'move' ? await api.change(id, callback, signal) : await api.renew(id, signal);
    if (step.do === 'move' && !formerUrls.includes(step.subscription.callbackUrl)) this.#onTakeOver();
    if (done === null) await this.#create(api, step.type, callback, signal);
    else this.#keep(done, step.do === 'renew');
  }

  /** Two may make one at the same moment: then it is there, and comes here. */
  async #create(api: WebhookSubscriptions, type: SubscriptionType, callback: Callback, signal: AbortSignal): Promise<void> {
    try {
      const made = await api.create(type, callback, signal);
      this.#keep(made ?? (await this.#takeOver(api, type, callback, signal)), made !== null);
      this.#declined.delete(keyOfType(type));
    } catch (error) {
      if (!(error instanceof OuraError) || error.params['status'] !== UNPROCESSABLE) throw error;
      this.#declined.add(keyOfType(type));
    }
  }

  async #takeOver(
    api: WebhookSubscriptions,
    type: SubscriptionType,
    callback: Callback,
    signal: AbortSignal,
  ): Promise<WebhookSubscription> {
    const there = (await api.list(signal)).find((one) => keyOfType(one) === keyOfType(type));
    const changed = there === undefined ? null : await api.change(there.id, callback, signal);
    if (changed === null) throw new OuraError('body_unexpected', { path: '/v2/webhook/subscription' }); // there, and not there
    if (there?.callbackUrl !== callback.callbackUrl) this.#onTakeOver();
    return changed;
  }

  /** @param isNew whether its time has just begun */
  #keep(subscription: WebhookSubscription, isNew = true): void {
    const { id, expiresAt } = subscription;
    this.#held.set(keyOfType(subscription), subscription);
    if (isNew && expiresAt !== null) this.#lives.set(id, Math.max(0, expiresAt - this.#clock.now()));
  }

  #expiries(): readonly { readonly id: string; readonly expiresAt: number }[] {
    return [...this.#held.values()].flatMap(({ id, expiresAt }) => (expiresAt === null ? [] : [{ id, expiresAt }]));
  }
}
