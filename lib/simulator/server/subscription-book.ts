import type { Random } from '../../ports/random';
import { randomHex } from './random-hex';

const LIFETIME_MS = 90 * 86_400_000;

export type EventType = 'create' | 'update' | 'delete';

/** A webhook subscription with what the API keeps to itself. */
export interface Subscription {
  readonly id: string;
  readonly clientId: string;
  readonly callbackUrl: string;
  readonly verificationToken: string;
  readonly eventType: EventType;
  readonly dataType: string;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** Subscriptions of all applications. They run 90 days (third parties; the specification names no span). */
export class SubscriptionBook {
  readonly #random: Random;
  readonly #byId = new Map<string, Subscription>();

  constructor(random: Random) {
    this.#random = random;
  }

  of(clientId: string): readonly Subscription[] {
    return [...this.#byId.values()].filter((subscription) => subscription.clientId === clientId);
  }

  /** @returns null when there is none, or it is another application's */
  find(clientId: string, id: string): Subscription | null {
    const subscription = this.#byId.get(id);
    return subscription?.clientId === clientId ? subscription : null;
  }

  /** The other subscription of the same event and data type. */
  duplicate(
    { clientId, eventType, dataType }: Pick<Subscription, 'clientId' | 'eventType' | 'dataType'>,
    except?: string,
  ): Subscription | null {
    const same = this.of(clientId).find((one) => one.eventType === eventType && one.dataType === dataType && one.id !== except);
    return same ?? null;
  }

  add(parts: Omit<Subscription, 'id' | 'expiresAt' | 'createdAt'>, now: number): Subscription {
    const subscription = { ...parts, id: this.#uuid(), createdAt: now, expiresAt: now + LIFETIME_MS };
    this.#byId.set(subscription.id, subscription);
    return subscription;
  }

  change(subscription: Subscription): void {
    this.#byId.set(subscription.id, subscription);
  }

  renew(subscription: Subscription, now: number): Subscription {
    const renewed = { ...subscription, expiresAt: now + LIFETIME_MS };
    this.#byId.set(renewed.id, renewed);
    return renewed;
  }

  remove(id: string): void {
    this.#byId.delete(id);
  }

  #uuid(): string {
    const hex = randomHex(this.#random, 30);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
  }
}
