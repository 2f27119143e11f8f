import { z } from 'zod';
import { ENDPOINT_KEYS, endpointOf } from '../../catalogue/endpoints';
import { detail, type Answer } from './answer';
import { callOut } from './call-out';
import type { Cloud } from './cloud';
import { randomHex } from './random-hex';
import type { ServerRequest } from './request';
import type { Subscription, SubscriptionBook } from './subscription-book';
import type { Application } from './simulator-options';
import { validationError, type ValidationItem } from './validation-error';

const PATH = '/v2/webhook/subscription';
const CHALLENGE_TIMEOUT_MS = 10_000;
/** `meal` has no endpoint of its own. */
const DATA_TYPES: ReadonlySet<string> = new Set([...ENDPOINT_KEYS.flatMap((key) => endpointOf(key).webhook ?? []), 'meal']);

const eventType = z.enum(['create', 'update', 'delete']);
const dataType = z.string().refine((name) => DATA_TYPES.has(name));
const CREATE = z.object({ callback_url: z.string(), verification_token: z.string(), event_type: eventType, data_type: dataType });
const UPDATE = z.object({
  verification_token: z.string(),
  callback_url: z.string().nullish(),
  event_type: eventType.nullish(),
  data_type: dataType.nullish(),
});

/** Management of webhook subscriptions, opened by the application's id and secret in the headers. */
export class WebhookRoutes {
  readonly #cloud: Cloud;
  readonly #book: SubscriptionBook;

  constructor(cloud: Cloud, book: SubscriptionBook) {
    this.#cloud = cloud;
    this.#book = book;
  }

  /** @returns null when the path is not one of these routes */
  async answer(request: ServerRequest): Promise<Answer | null> {
    if (request.path !== PATH && !request.path.startsWith(`${PATH}/`)) return null;
    const application = this.#cloud.applications.get(request.headers['x-client-id'] ?? '');
    if (application === undefined || application.clientSecret !== request.headers['x-client-secret'])
      return detail(401, 'Invalid client id or client secret.');
    const [, first, second] = request.path.slice(PATH.length).split('/');
    if (first === undefined) return this.#collection(request, application);
    if (first === 'renew' && second !== undefined) return this.#renew(request, application, second);
    return this.#single(request, application, first);
  }

  async #collection(request: ServerRequest, { clientId }: Application): Promise<Answer> {
    if (request.method === 'GET') return { status: 200, body: this.#book.of(clientId).map(wire) };
    if (request.method !== 'POST') return detail(405, 'Method Not Allowed');
    const input = readJson(request.body);
    const { data, error } = CREATE.safeParse(input);
    if (data === undefined) return validationError(items(error, input));
    const { callback_url: callbackUrl, verification_token: verificationToken } = data;
    const parts = { clientId, callbackUrl, verificationToken, eventType: data.event_type, dataType: data.data_type };
    if (this.#book.duplicate(parts) !== null) return detail(409, 'A subscription of this event_type and data_type exists already.');
    const refused = await this.#challenge(callbackUrl, verificationToken);
    return refused ?? { status: 201, body: wire(this.#book.add(parts, this.#cloud.clock.now())) };
  }

  async #single(request: ServerRequest, { clientId }: Application, id: string): Promise<Answer> {
    const subscription = this.#book.find(clientId, id);
    if (subscription === null) return detail(403, 'Webhook with specified id does not exist.');
    if (request.method === 'GET') return { status: 200, body: wire(subscription) };
    if (request.method === 'PUT') return this.#update(subscription, readJson(request.body));
    if (request.method !== 'DELETE') return detail(405, 'Method Not Allowed');
    this.#book.remove(id);
    return { status: 204 };
  }

  async #update(subscription: Subscription, input: unknown): Promise<Answer> {
    const { data, error } = UPDATE.safeParse(input);
    if (data === undefined) return validationError(items(error, input));
    const changed: Subscription = {
      ...subscription,
      verificationToken: data.verification_token,
      callbackUrl: data.callback_url ?? subscription.callbackUrl,
      eventType: data.event_type ?? subscription.eventType,
      dataType: data.data_type ?? subscription.dataType,
    };
    if (this.#book.duplicate(changed, changed.id) !== null)
      return detail(409, 'A subscription of this event_type and data_type exists already.');
    const refused = await this.#challenge(changed.callbackUrl, changed.verificationToken);
    if (refused !== null) return refused;
    this.#book.change(changed);
    return { status: 200, body: wire(changed) };
  }

  #renew(request: ServerRequest, { clientId }: Application, id: string): Answer {
    if (request.method !== 'PUT') return detail(405, 'Method Not Allowed');
    const subscription = this.#book.find(clientId, id);
    if (subscription === null) return detail(403, 'Webhook with specified id does not exist.');
    return { status: 200, body: wire(this.#book.renew(subscription, this.#cloud.clock.now())) };
  }

  /** Asks the callback to repeat a random text. @returns what to answer when it does not */
  async #challenge(callbackUrl: string, verificationToken: string): Promise<Answer | null> {
    if (!/^https?:/.test(callbackUrl) || !URL.canParse(callbackUrl)) return detail(400, 'callback_url is not an address.');
    const challenge = randomHex(this.#cloud.random, 16);
    const url = new URL(callbackUrl);
    url.searchParams.set('verification_token', verificationToken);
    url.searchParams.set('challenge', challenge);
    const { status, text } = await callOut({ method: 'GET', url: url.href, timeoutMs: CHALLENGE_TIMEOUT_MS });
    const echoed = z.looseObject({ challenge: z.literal(challenge) }).safeParse(readJson(text)).success;
    return status === 200 && echoed ? null : detail(400, `The callback did not answer the challenge (status ${status}).`);
  }
}

/** @returns undefined when it is not JSON */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What FastAPI would complain about. */
function items(error: z.ZodError, input: unknown): readonly ValidationItem[] {
  return error.issues.map(({ code, path, message }) => ({
    type: code,
    loc: ['body', ...path.map(String)],
    msg: message,
    input: input ?? null,
  }));
}

function wire({ id, callbackUrl, eventType, dataType, expiresAt }: Subscription): unknown {
  const expiration_time = new Date(expiresAt).toISOString();
  return { id, callback_url: callbackUrl, event_type: eventType, data_type: dataType, expiration_time };
}
