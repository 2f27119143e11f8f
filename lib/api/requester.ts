import { SingleFlight } from '../async/single-flight';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { RateLimitedError } from '../errors/rate-limited-error';
import type { HttpResponse } from '../ports/http';
import { baseAddress } from './base-address';
import { CircuitBreaker } from './circuit-breaker';
import type { ClientPorts } from './client-ports';
import { errorOfResponse } from './error-of-response';
import { isOutage } from './is-outage';
import { OutageLog } from './outage-log';
import { type Answer, parseAnswer } from './parse-answer';
import type { Question } from './question';
import { retrySchedule } from './retry-schedule';

/**
 * Gets one answer: a token, a turn, a place in the budget, tries with growing waits. The same question asked by several at once goes out
 * once.
 */
export class Requester {
  readonly #ports: ClientPorts;
  readonly #base: string;
  readonly #timeoutMs: number;
  readonly #breaker: CircuitBreaker;
  readonly #outage: OutageLog;
  readonly #flights = new SingleFlight();

  /** @throws OuraError `address_invalid` */
  constructor(ports: ClientPorts) {
    this.#ports = ports;
    this.#base = baseAddress(ports.base);
    this.#timeoutMs = ports.timeoutMs ?? LIMITS.requestTimeoutMs;
    this.#breaker = new CircuitBreaker(ports);
    this.#outage = new OutageLog(ports);
  }

  get openUntil(): number | null {
    return this.#breaker.openUntil;
  }

  /** @throws OuraError of every kind a request can end in; the signal's reason */
  async ask(question: Question, signal: AbortSignal): Promise<Answer> {
    const key = `GET ${question.path}?${new URLSearchParams(question.query).toString()}`;
    const flight = { own: false };
    const work = (shared: AbortSignal): Promise<Answer> => {
      flight.own = true;
      return this.#authorised(question, shared);
    };
    try {
      return await this.#flights.run(key, work, signal);
    } catch (error) {
      // the flight joined was for history, whose part of the budget ends sooner
      if (flight.own || question.purpose !== 'fresh' || !isCode(error, 'budget_spent')) throw error;
      return await this.#flights.run(key, work, signal);
    }
  }

  /** Outside tries and breaker, so that a token that cannot be had is asked for once. */
  async #authorised(question: Question, signal: AbortSignal): Promise<Answer> {
    const { tokens } = this.#ports;
    this.#breaker.check(question.endpoint);
    const token = await tokens.accessToken(signal);
    try {
      return await this.#watched(question, token, signal);
    } catch (error) {
      if (!isCode(error, 'not_authorised') || !(await tokens.rejected(token, signal))) throw error;
    }
    return await this.#watched(question, await tokens.accessToken(signal), signal);
  }

  async #watched(question: Question, token: string, signal: AbortSignal): Promise<Answer> {
    const { endpoint } = question;
    try {
      const answer = await this.#breaker.run(endpoint, () => this.#tries(question, token, signal));
      this.#outage.answered(endpoint);
      return answer;
    } catch (error) {
      if (isOutage(error)) this.#outage.failed(endpoint, error);
      throw error;
    }
  }

  async #tries(question: Question, token: string, signal: AbortSignal): Promise<Answer> {
    const waits = retrySchedule(this.#ports.random);
    for (let limited = false; ;) {
      try {
        return await this.#once(question, token, signal);
      } catch (error) {
        if (error instanceof RateLimitedError) {
          if (limited || error.retryAfterMs > LIMITS.retryMaxDelayMs) throw error;
          limited = true; // the application makes the next try wait
          continue;
        }
        const wait = isOutage(error) && this.#breaker.openUntil === null ? waits.next() : null;
        if (wait === null || wait.done === true) throw error;
        await this.#ports.clock.delay(wait.value, signal);
      }
    }
  }

  async #once(question: Question, token: string, signal: AbortSignal): Promise<Answer> {
    const { application, budget, clock, logger } = this.#ports;
    return await application.run(async () => {
      budget.take(question.purpose, question.endpoint);
      const startedAt = clock.now();
      let outcome = 'aborted';
      try {
        const response = await this.#send(question, token, signal);
        outcome = String(response.status);
        return this.#read(response, question.shownPath);
      } catch (error) {
        if (error instanceof OuraError && outcome === 'aborted') outcome = error.code;
        throw error;
      } finally {
        logger.debug(`GET ${question.shownPath} ${outcome} ${clock.now() - startedAt} ms page ${question.page}`);
      }
    }, signal);
  }

  async #send({ path, query, shownPath }: Question, token: string, signal: AbortSignal): Promise<HttpResponse> {
    const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
    try {
      return await this.#ports.http.send({ method: 'GET', url: this.#base + path, query, headers, timeoutMs: this.#timeoutMs }, signal);
    } catch (error) {
      if (!(error instanceof OuraError) || !('path' in error.params)) throw error;
      throw new OuraError(error.code, { ...error.params, path: shownPath }); // the real one may hold a document's id
    }
  }

  #read(response: HttpResponse, shownPath: string): Answer {
    const { application, clock } = this.#ports;
    const error = errorOfResponse(response, shownPath, clock.now());
    if (error === null) return parseAnswer(response, shownPath);
    if (error instanceof RateLimitedError) application.pauseUntil(clock.now() + error.retryAfterMs);
    throw error;
  }
}

function isCode(error: unknown, code: OuraError['code']): boolean {
  return error instanceof OuraError && error.code === code;
}
