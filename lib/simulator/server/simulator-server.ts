import type { Random } from '../../ports/random';
import { MovableClock } from '../movable-clock';
import type { Answer } from './answer';
import { detail } from './answer';
import type { Cloud } from './cloud';
import { answerControl } from './control-routes';
import { DataRoutes } from './data-routes';
import { FaultRules, type FaultRule } from './fault-rules';
import { HttpFront, type Outcome } from './http-front';
import { OAuthRoutes } from './oauth-routes';
import { PageTokens } from './page-tokens';
import { PersonData } from './person-data';
import { randomHex } from './random-hex';
import { RateLimiter } from './rate-limiter';
import type { ServerRequest } from './request';
import { RequestLog } from './request-log';
import { SandboxRoutes } from './sandbox-routes';
import { SettingsBook } from './settings-book';
import { SimulatorControl } from './simulator-control';
import type { Application, SimulatorOptions } from './simulator-options';
import { SubscriptionBook } from './subscription-book';
import { TokenBook } from './token-book';
import { WebhookRoutes } from './webhook-routes';
import { WebhookSender } from './webhook-sender';

const APPLICATIONS: readonly Application[] = [
  { clientId: 'legacy-app', clientSecret: 'legacy-secret', portal: 'legacy' },
  { clientId: 'new-app', clientSecret: 'new-secret', portal: 'new' },
];
const PAGE = '<!DOCTYPE html><html><head><title>Attention Required</title></head><body><h1>One more step</h1></body></html>';

/**
 * Oura's cloud as far as a client can see it, for simulated persons: data, sandbox, sign-in and webhooks over HTTP on the loopback address.
 * It follows the specification 1.39 where measurements agree with it and the measurements where they do not.
 */
export class SimulatorServer {
  readonly #cloud: Cloud;
  readonly #faults = new FaultRules();
  readonly #log = new RequestLog();
  readonly #data: DataRoutes;
  readonly #sandbox: SandboxRoutes;
  readonly #oauth: OAuthRoutes;
  readonly #webhooks: WebhookRoutes;
  readonly #fronts: HttpFront[] = [];
  #url = '';
  #controlUrl: string | null = null;

  /** The same things the control port offers, for the same process. */
  readonly control: SimulatorControl;

  private constructor(options: SimulatorOptions) {
    this.#cloud = cloudOf(options);
    const subscriptions = new SubscriptionBook(options.random);
    const webhooks = new WebhookSender(this.#cloud, subscriptions);
    const personId = [...this.#cloud.persons.keys()][0] ?? '';
    this.#data = new DataRoutes(this.#cloud, new PageTokens(randomHex(options.random, 32)));
    this.#sandbox = new SandboxRoutes(this.#cloud);
    this.#oauth = new OAuthRoutes(this.#cloud, { personId, scopes: null, denied: false });
    this.#webhooks = new WebhookRoutes(this.#cloud, subscriptions);
    const parts = { cloud: this.#cloud, oauth: this.#oauth, faults: this.#faults, log: this.#log, subscriptions, webhooks };
    this.control = new SimulatorControl(parts);
    const ids = this.control.personIds;
    for (const [token, { person, scopes }] of Object.entries(options.tokens ?? {}))
      this.control.addToken({ token, personId: ids[person] ?? '', ...(scopes !== undefined && { scopes }) });
  }

  /** @throws the system's error when a port is taken; RangeError when a token names no person or a zone is none */
  static async start(options: SimulatorOptions): Promise<SimulatorServer> {
    const server = new SimulatorServer(options);
    await server.#listen(options.port ?? 0, options.controlPort, options.random);
    return server;
  }

  /** A server without a network: whoever started it hands over requests with `answer`. @throws RangeError when a token names no person */
  static inProcess(options: SimulatorOptions): SimulatorServer {
    return new SimulatorServer(options);
  }

  /** `http://127.0.0.1:<port>`; empty without a network */
  get url(): string {
    return this.#url;
  }

  /** Base of the control over HTTP with its secret; null without a control port. */
  get controlUrl(): string | null {
    return this.#controlUrl;
  }

  /** The clock that data, tokens and windows go by. */
  get clock(): MovableClock {
    return this.#cloud.clock;
  }

  /** Ends all connections. Calling it twice is harmless. */
  async close(): Promise<void> {
    await Promise.all(this.#fronts.splice(0).map((front) => front.close()));
  }

  async #listen(port: number, controlPort: number | undefined, random: Random): Promise<void> {
    const api = await HttpFront.listen(port, (request, signal) => this.answer(request, signal));
    this.#fronts.push(api);
    this.#url = api.url;
    if (controlPort === undefined) return;
    const secret = randomHex(random, 32);
    try {
      const control = await HttpFront.listen(controlPort, (request) => this.#handleControl(request, secret));
      this.#fronts.push(control);
      this.#controlUrl = `${control.url}/${secret}`;
    } catch (cause) {
      await this.close();
      throw cause;
    }
  }

  async #handleControl(request: ServerRequest, secret: string): Promise<Outcome> {
    return { kind: 'answer', answer: await answerControl(this.control, secret, request) };
  }

  /** What becomes of one request, as over HTTP: faults, limits and the log included. @param signal aborted when the client leaves */
  async answer(request: ServerRequest, signal: AbortSignal): Promise<Outcome> {
    const entry = this.#log.begin(this.#cloud.clock.now(), request.method, request.path, request.query);
    let status: number | null = null;
    try {
      const outcome = await this.#outcome(request, signal);
      status = 'answer' in outcome ? outcome.answer.status : null;
      return outcome;
    } finally {
      this.#log.end(entry, status);
    }
  }

  async #outcome(request: ServerRequest, signal: AbortSignal): Promise<Outcome> {
    const rule = this.#faults.take(request.method, request.path) ?? {};
    if (rule.hang === true) return { kind: 'silence' };
    if (rule.hangMs !== undefined) await this.#cloud.clock.delay(rule.hangMs, signal);
    if (rule.dropConnection === true || rule.dropConnection === 'before') return { kind: 'drop' };
    const answer = replaced(rule) ?? (await this.#route({ ...request, repeatNextToken: rule.repeatNextToken ?? false }));
    if (rule.dropConnection === 'after') return { kind: 'drop' };
    const headers = { ...answer.headers, ...rule.headers };
    return { kind: rule.truncate === true ? 'truncated' : 'answer', answer: { ...answer, headers } };
  }

  async #route(request: ServerRequest): Promise<Answer> {
    try {
      const answer = this.#data.answer(request) ?? this.#sandbox.answer(request) ?? this.#oauth.answer(request);
      return answer ?? (await this.#webhooks.answer(request)) ?? detail(404, 'Not Found');
    } catch (cause) {
      return { status: 500, text: `simulator: ${cause instanceof Error ? (cause.stack ?? cause.message) : 'unknown'}` };
    }
  }
}

/** The answer a rule gives instead of the real one; null = the real one. */
function replaced(rule: FaultRule): Answer | null {
  if (rule.html === true) return { status: rule.status ?? 200, headers: { 'content-type': 'text/html; charset=utf-8' }, text: PAGE };
  if (rule.status === undefined && rule.body === undefined) return null;
  const status = rule.status ?? 200;
  if (typeof rule.body === 'string') return { status, headers: { 'content-type': 'application/json' }, text: rule.body };
  return { status, body: rule.body ?? { detail: `Status ${status}.` } };
}

function cloudOf(options: SimulatorOptions): Cloud {
  const { clock, random, pageSize = {}, rateLimits = {}, oauth = {}, applications = APPLICATIONS } = options;
  return {
    clock: clock instanceof MovableClock ? clock : new MovableClock(clock),
    random,
    settings: new SettingsBook({ pageSize, rateLimits, oauth }),
    persons: new Map(options.persons.map((person) => new PersonData(person)).map((data) => [data.id, data])),
    applications: new Map(applications.map((application) => [application.clientId, application])),
    tokens: new TokenBook(random),
    limiter: new RateLimiter(),
    lapsed: new Set(),
  };
}
