import { doubling } from '../../async/doubling';
import { waitFor } from '../../async/wait-for';
import { Wakeup } from '../../async/wakeup';
import type { EndpointKey } from '../../catalogue/endpoints';
import { LIMITS } from '../../catalogue/limits';
import type { OuraError } from '../../errors/oura-error';
import { RateLimitedError } from '../../errors/rate-limited-error';
import { toOuraError } from '../../errors/to-oura-error';
import type { Clock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import type { SubscriptionTarget } from './plan-subscriptions';
import { SubscriptionSet, type SubscriptionAccess } from './subscription-set';
import { typesOf } from './types-of';

/** What a keeper works towards. */
export interface KeeperOrder extends Omit<SubscriptionTarget, 'types'> {
  readonly access: SubscriptionAccess;
  readonly families: readonly EndpointKey[];
}

export interface KeeperPorts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called after each look at the subscriptions. */
  readonly onLooked: () => void;
}

/** Keeps the subscriptions of one Oura application as they are wanted: one set, however many accounts and deploys there are. */
export class SubscriptionKeeper {
  readonly #ports: KeeperPorts;
  readonly #set: SubscriptionSet;
  readonly #wakeup = new Wakeup();
  #order: KeeperOrder | null = null;
  #orderKey = '';
  #doneKey: string | null = null;
  #problem: OuraError | null = null;
  #failures = 0;
  #revivedAt = -Infinity;
  #isReviving = false;
  #nextAt = Infinity;
  #hasTakenOver = false;
  /** Who waits for the next look. */
  readonly #waiting: (() => void)[] = [];

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
    this.#set = new SubscriptionSet(ports.clock, () => {
      if (!this.#hasTakenOver) ports.logger.warn('Webhooks of this Oura application went to another address; from now on they come here.');
      this.#hasTakenOver = true;
    });
  }

  /** What stands in the way; null = nothing. */
  get problem(): OuraError | null {
    return this.#problem;
  }

  /** Whether the present order was carried out, so that nothing is left to do but to look again. */
  get isDone(): boolean {
    return this.#order !== null && this.#doneKey === this.#orderKey;
  }

  /** Families whose events all come in. */
  get live(): readonly EndpointKey[] {
    const families = this.#order?.callbackUrl == null ? [] : this.#order.families;
    return families.filter((family) => typesOf(family).every((type) => this.#set.isLive(type)));
  }

  get counts(): { readonly wanted: number; readonly active: number; readonly nextExpiryAt: number | null } {
    const types = this.#types(this.#order);
    const wanted = types.filter((type) => !this.#set.isDeclined(type));
    return {
      wanted: wanted.length,
      active: wanted.filter((type) => this.#set.isLive(type)).length,
      nextExpiryAt: this.#set.nextExpiryAt,
    };
  }

  /**
   * @param order null = nothing is to be done
   * @param key of what counts in it: with the same one as before nothing is looked at before its time
   */
  want(order: KeeperOrder | null, key: string): void {
    this.#order = order;
    if (key === this.#orderKey) return;
    this.#orderKey = key;
    this.#failures = 0;
    this.#nextAt = order === null ? Infinity : this.#ports.clock.now() + LIMITS.webhookSettleMs;
    this.#wakeup.wake();
  }

  /** Events have stopped: makes the subscriptions anew, but not again and again. */
  revive(): void {
    const now = this.#ports.clock.now();
    if (now - this.#revivedAt < LIMITS.webhookReviveMs && now >= this.#revivedAt) return;
    this.#revivedAt = now;
    this.#isReviving = true;
    if (this.#order !== null) this.#nextAt = now;
    this.#wakeup.wake();
  }

  /** A person wants it now: looks at the subscriptions, makes what is missing and the others anew. Resolves when that was tried. */
  lookNow(signal: AbortSignal): Promise<void> {
    if (this.#order === null) return Promise.resolve();
    const now = this.#ports.clock.now();
    this.#isReviving ||= Math.abs(now - this.#revivedAt) >= LIMITS.webhookLookMinMs;
    if (this.#isReviving) this.#revivedAt = now;
    this.#nextAt = now;
    const looked = Promise.withResolvers<undefined>();
    this.#waiting.push(() => {
      looked.resolve(undefined);
    });
    this.#wakeup.wake();
    return waitFor(looked.promise, signal);
  }

  /** Runs until the signal is aborted. @throws its reason */
  async run(signal: AbortSignal): Promise<never> {
    const { clock, onLooked } = this.#ports;
    for (;;) {
      await this.#wakeup.waitUntil(this.#nextAt, clock, signal);
      const isAhead = this.#nextAt !== Infinity && this.#nextAt > clock.now() + LIMITS.webhookLookMs; // set by a clock that was
      if (this.#order === null) this.#release();
      if ((clock.now() < this.#nextAt && !isAhead) || this.#order === null) continue; // woken: the order is another one
      await this.#look(this.#order, signal);
      onLooked();
      this.#release();
    }
  }

  /** Whoever waited for a look goes on. */
  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #look(order: KeeperOrder, signal: AbortSignal): Promise<void> {
    const key = this.#orderKey;
    try {
      await this.#set.reconcile(order.access, { ...order, types: this.#types(order) }, signal);
      if (this.#isReviving && order.callbackUrl !== null) await this.#set.revive(order.access, order.callbackUrl, signal);
      this.#isReviving = false;
      this.#succeed(order, key);
    } catch (cause) {
      signal.throwIfAborted();
      this.#fail(toOuraError(cause), key);
    }
  }

  #succeed({ callbackUrl }: KeeperOrder, key: string): void {
    const now = this.#ports.clock.now();
    this.#doneKey = key;
    this.#failures = 0;
    if (this.#problem !== null) this.#ports.logger.info('The webhooks of this Oura application are set up again.');
    this.#problem = null;
    if (key !== this.#orderKey) return; // meanwhile another one: its time is set
    const renewal = this.#set.nextRenewalAt ?? Infinity;
    const isMissing = this.counts.active < this.counts.wanted; // one has vanished meanwhile
    const pause = isMissing ? LIMITS.webhookLookMinMs : Math.max(LIMITS.webhookLookMinMs, renewal - now);
    this.#nextAt = callbackUrl === null ? Infinity : now + Math.min(LIMITS.webhookLookMs, pause);
  }

  #fail(error: OuraError, key: string): void {
    const { clock, logger } = this.#ports;
    const isNew = this.#problem?.code !== error.code;
    this.#problem = error;
    if (error.code === 'webhook_refused') this.#set.forget();
    const backoff = doubling(LIMITS.webhookRetryFirstMs, LIMITS.webhookRetryMaxMs, this.#failures);
    const pause = error instanceof RateLimitedError ? Math.max(backoff, error.retryAfterMs) : backoff;
    this.#failures += 1;
    if (key === this.#orderKey) this.#nextAt = clock.now() + pause;
    if (!isNew) return;
    if (error.retry === 'after-user-action') logger.error(error.message);
    else logger.warn(error.message);
  }

  #types(order: KeeperOrder | null): SubscriptionTarget['types'] {
    return order?.callbackUrl == null ? [] : order.families.flatMap(typesOf);
  }
}
