import * as z from 'zod';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { RateLimitedError } from '../errors/rate-limited-error';
import type { Clock } from '../ports/clock';
import type { EventKind } from '../ports/event-queue';
import type { Http, HttpRequest, HttpResponse } from '../ports/http';
import type { Logger } from '../ports/logger';
import type { Random } from '../ports/random';
import type { Application } from './application';
import { baseAddress } from './base-address';
import { errorOfResponse } from './error-of-response';
import { instantOf } from './instant-of';
import { isOutage } from './is-outage';
import { parseAnswer } from './parse-answer';
import { retrySchedule } from './retry-schedule';

const PATH = '/v2/webhook/subscription';
const [CONFLICT, UNPROCESSABLE] = [409, 422];

/** What one subscription tells of. */
export interface SubscriptionType {
  readonly kind: EventKind;
  readonly dataType: string;
}

/** A subscription as Oura has it; its kind and type may be ones that nobody here knows. */
export interface WebhookSubscription {
  readonly id: string;
  readonly callbackUrl: string;
  readonly kind: string;
  readonly dataType: string;
  /** Epoch ms; null = Oura did not say. */
  readonly expiresAt: number | null;
}

/** Where events go to, and the word by which the receiver knows that Oura means it. */
export interface Callback {
  readonly callbackUrl: string;
  readonly verificationToken: string;
}

export interface SubscriptionPorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The limiter of the application. */
  readonly application: Application;
  /** Address of the API. */
  readonly base: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

interface Order {
  readonly method: HttpRequest['method'];
  readonly id?: string;
  readonly renew?: true;
  readonly body?: unknown;
}

const model = z
  .looseObject({
    id: z.string().min(1),
    callback_url: z.string(),
    event_type: z.string(),
    data_type: z.string(),
    expiration_time: z.string().nullish(),
  })
  .transform((one): WebhookSubscription => ({
    id: one.id,
    callbackUrl: one.callback_url,
    kind: one.event_type,
    dataType: one.data_type,
    expiresAt: instantOf(one.expiration_time ?? ''),
  }));

/**
 * The webhook subscriptions of one Oura application, opened by its id and secret. Every method may throw OuraError: `webhook_refused` when
 * Oura does not take the application, and those of an outage, a rate limit or an answer of another shape; besides the signal's reason.
 */
export class WebhookSubscriptions {
  readonly #ports: SubscriptionPorts;
  readonly #base: string;

  /** @throws OuraError `address_invalid` */
  constructor(ports: SubscriptionPorts) {
    this.#ports = ports;
    this.#base = baseAddress(ports.base);
  }

  async list(signal: AbortSignal): Promise<readonly WebhookSubscription[]> {
    return read(z.array(model), await this.#send({ method: 'GET' }, signal));
  }

  /**
   * @returns null when the application has one of this kind and type already
   * @throws OuraError `webhook_unanswered` the callback did not answer as it should, `request_refused` Oura knows no such type
   */
  async create({ kind, dataType }: SubscriptionType, callback: Callback, signal: AbortSignal): Promise<WebhookSubscription | null> {
    const body = { ...bodyOf(callback), event_type: kind, data_type: dataType };
    const response = await this.#send({ method: 'POST', body }, signal);
    return response.status === CONFLICT ? null : read(model, response);
  }

  /** Gives it this callback; Oura asks it for an answer again. @returns null when it is gone. @throws as `create` */
  async change(id: string, callback: Callback, signal: AbortSignal): Promise<WebhookSubscription | null> {
    const response = await this.#send({ method: 'PUT', id, body: bodyOf(callback) }, signal);
    return isGone(response) ? null : read(model, response);
  }

  /** @returns null when it is gone */
  async renew(id: string, signal: AbortSignal): Promise<WebhookSubscription | null> {
    const response = await this.#send({ method: 'PUT', id, renew: true }, signal);
    return isGone(response) ? null : read(model, response);
  }

  /** One that is gone already is fine. */
  async remove(id: string, signal: AbortSignal): Promise<void> {
    await this.#send({ method: 'DELETE', id }, signal);
  }

  async #send(order: Order, signal: AbortSignal): Promise<HttpResponse> {
    const waits = retrySchedule(this.#ports.random);
    for (;;) {
      try {
        return await this.#ports.application.run(() => this.#once(order, signal), signal);
      } catch (error) {
        const wait = isOutage(error) ? waits.next() : null;
        if (wait === null || wait.done === true) throw error;
        await this.#ports.clock.delay(wait.value, signal);
      }
    }
  }

  async #once(order: Order, signal: AbortSignal): Promise<HttpResponse> {
    const { method, id, renew, body } = order;
    const { http, clock, logger, clientId, clientSecret } = this.#ports;
    const shown = `${PATH}${renew === true ? '/renew' : ''}${id === undefined ? '' : '/…'}`;
    const startedAt = clock.now();
    let outcome = 'aborted';
    try {
      const url = this.#base + PATH + (renew === true ? '/renew' : '') + (id === undefined ? '' : `/${encodeURIComponent(id)}`);
      const headers = {
        accept: 'application/json',
        'x-client-id': clientId,
        'x-client-secret': clientSecret,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await http.send({ method, url, headers, timeoutMs: LIMITS.requestTimeoutMs, ...content }, signal);
      outcome = String(response.status);
      this.#judge(response, order, shown);
      return response;
    } catch (error) {
      if (!(error instanceof OuraError)) throw error;
      if (outcome === 'aborted') outcome = error.code;
      throw 'path' in error.params ? new OuraError(error.code, { ...error.params, path: shown }) : error; // the real one holds the id
    } finally {
      logger.debug(`${method} ${shown} ${outcome} ${clock.now() - startedAt} ms`);
    }
  }

  /** @throws OuraError what stands in the way; answers that a method understands pass */
  #judge(response: HttpResponse, { method, id }: Order, shown: string): void {
    const { application, clock } = this.#ports;
    const { status } = response;
    if ((id !== undefined && isGone(response)) || (method === 'POST' && status === CONFLICT)) return;
    if (status === 401 || status === 403) throw new OuraError('webhook_refused', { status });
    const callsBack = method === 'POST' || method === 'PUT';
    const error = errorOfResponse(response, shown, clock.now());
    if (error instanceof RateLimitedError) application.pauseUntil(clock.now() + error.retryAfterMs);
    if (error?.code === 'request_refused' && callsBack && status !== UNPROCESSABLE) throw new OuraError('webhook_unanswered', { status });
    if (error !== null) throw error;
  }
}

function bodyOf({ callbackUrl, verificationToken }: Callback): object {
  return { callback_url: callbackUrl, verification_token: verificationToken };
}

/** The specification says 403 of an id that it does not know. */
function isGone({ status }: HttpResponse): boolean {
  return status === 403 || status === 404;
}

function read<T>(kind: z.ZodType<T>, response: HttpResponse): T {
  const { data, success } = kind.safeParse(parseAnswer(response, PATH).value);
  if (!success) throw new OuraError('body_unexpected', { path: PATH });
  return data;
}
