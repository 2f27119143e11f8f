import { createHmac } from 'node:crypto';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import { callOut } from './call-out';
import type { Cloud } from './cloud';
import { documentChanges, type DocumentChange } from './document-changes';
import type { Subscription, SubscriptionBook } from './subscription-book';

const AFTER_SYNC_MS = 30_000;
const ANSWER_TIMEOUT_MS = 10_000;
/** "10 each", "about an hour in total" (specification). */
const RETRIES = 10;
const RETRY_EVERY_MS = 6 * 60_000;
const GONE = 410;

interface Pending {
  readonly clientId: string;
  readonly subscriptionId: string;
  readonly body: string;
  due: number;
  attempts: number;
}

/** One call of a callback. */
export interface Delivery {
  readonly at: number;
  readonly subscriptionId: string;
  readonly body: string;
  readonly attempt: number;
  /** 0 = no answer */
  readonly status: number;
}

/** Sends events for what became visible, about 30 seconds later, signed as Oura signs. Only when told to: there is no timer in it. */
export class WebhookSender {
  readonly #cloud: Cloud;
  readonly #book: SubscriptionBook;
  #pending: Pending[] = [];
  #seenUntil: number;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(cloud: Cloud, book: SubscriptionBook) {
    this.#cloud = cloud;
    this.#book = book;
    this.#seenUntil = cloud.clock.now();
  }

  /** Queues the events of a change made by hand. */
  record(personId: string, key: EndpointKey, change: DocumentChange): void {
    for (const { clientId } of this.#cloud.applications.values()) {
      if (this.#cloud.tokens.personsOf(clientId).includes(personId)) this.#queue(clientId, personId, key, change);
    }
  }

  /** Sends everything due by `toMs`, repetitions included, in order. Calls that overlap follow each other. */
  deliver(toMs: number): Promise<readonly Delivery[]> {
    const run = this.#tail.then(() => this.#deliver(toMs));
    this.#tail = run.catch(() => undefined); // reported to the caller of `run`
    return run;
  }

  /** Forgets what is waiting to be sent. */
  reset(): void {
    this.#pending = [];
    this.#seenUntil = this.#cloud.clock.now();
  }

  async #deliver(toMs: number): Promise<readonly Delivery[]> {
    this.#collect(toMs);
    const deliveries: Delivery[] = [];
    for (;;) {
      const [next] = this.#pending.filter(({ due }) => due <= toMs).toSorted((a, b) => a.due - b.due);
      if (next === undefined) return deliveries;
      const delivery = await this.#attempt(next);
      if (delivery !== null) deliveries.push(delivery);
    }
  }

  #collect(toMs: number): void {
    const from = this.#seenUntil;
    this.#seenUntil = toMs;
    if (toMs <= from) return; // the clock was moved back
    for (const { clientId } of this.#cloud.applications.values()) {
      const types = new Set(this.#book.of(clientId).map(({ dataType }) => dataType));
      const keys = ENDPOINT_KEYS.filter((key) => types.has(endpointOf(key).webhook ?? ''));
      if (keys.length === 0) continue;
      for (const personId of this.#cloud.tokens.personsOf(clientId)) this.#collectOf(clientId, personId, keys, from, toMs);
    }
  }

  #collectOf(clientId: string, personId: string, keys: readonly EndpointKey[], from: number, toMs: number): void {
    const data = this.#cloud.persons.get(personId);
    if (data === undefined) return;
    for (const key of keys) {
      for (const change of documentChanges(data, key, from, toMs)) this.#queue(clientId, personId, key, change);
    }
  }

  #queue(clientId: string, personId: string, key: EndpointKey, { kind, id, at }: DocumentChange): void {
    const dataType = endpointOf(key).webhook;
    for (const subscription of this.#book.of(clientId)) {
      if (subscription.dataType !== dataType || subscription.eventType !== kind || subscription.createdAt > at) continue;
      const event_time = new Date(at).toISOString().replace('Z', '+00:00');
      const body = JSON.stringify({ event_type: kind, data_type: dataType, object_id: id, event_time, user_id: personId });
      this.#pending.push({ clientId, subscriptionId: subscription.id, body, due: at + AFTER_SYNC_MS, attempts: 0 });
    }
  }

  async #attempt(pending: Pending): Promise<Delivery | null> {
    const { clientId, subscriptionId, body, due } = pending;
    const subscription = this.#book.find(clientId, subscriptionId);
    if (subscription === null || subscription.expiresAt <= due) {
      this.#drop(pending);
      return null;
    }
    pending.attempts += 1;
    pending.due += RETRY_EVERY_MS;
    const { status } = await callOut(this.#call(subscription, body, due));
    if (status === GONE) this.#book.remove(subscriptionId);
    const accepted = status >= 200 && status < 400;
    if (accepted || status === GONE || pending.attempts > RETRIES) this.#drop(pending);
    return { at: due, subscriptionId, body, attempt: pending.attempts, status };
  }

  /** Signature: upper-case hexadecimal HMAC-SHA256 of timestamp and body under the client secret (specification). */
  #call(subscription: Subscription, body: string, at: number): Parameters<typeof callOut>[0] {
    const timestamp = String(Math.floor(at / 1000));
    const secret = this.#cloud.applications.get(subscription.clientId)?.clientSecret ?? '';
    const signature = createHmac('sha256', secret)
      .update(timestamp + body)
      .digest('hex')
      .toUpperCase();
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'x-oura-signature': signature,
      'x-oura-timestamp': timestamp,
    };
    return { method: 'POST', url: subscription.callbackUrl, headers, body, timeoutMs: ANSWER_TIMEOUT_MS };
  }

  #drop(pending: Pending): void {
    this.#pending = this.#pending.filter((one) => one !== pending);
  }
}
