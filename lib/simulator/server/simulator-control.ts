import { endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import type { Body } from '../../ports/documents';
import type { Consent } from './authorize-route';
import type { Cloud } from './cloud';
import type { FaultRule, FaultRules } from './fault-rules';
import { nextMorning } from './next-morning';
import type { OAuthRoutes } from './oauth-routes';
import type { PersonData } from './person-data';
import type { LoggedRequest, RequestLog, RequestStats } from './request-log';
import type { Application, SettingsChange, TokenRegistration } from './simulator-options';
import type { EventType, Subscription, SubscriptionBook } from './subscription-book';
import type { Delivery, WebhookSender } from './webhook-sender';

/** The parts of a server that the control reaches into. */
export interface ControlParts {
  readonly cloud: Cloud;
  readonly oauth: OAuthRoutes;
  readonly faults: FaultRules;
  readonly log: RequestLog;
  readonly subscriptions: SubscriptionBook;
  readonly webhooks: WebhookSender;
}

/** Everything that can be done to the stand-in from behind: time, data, permissions, failures, and what it was asked. */
export class SimulatorControl {
  readonly #parts: ControlParts;

  constructor(parts: ControlParts) {
    this.#parts = parts;
  }

  get now(): number {
    return this.#parts.cloud.clock.now();
  }

  /** Ids of the persons, in the order given. */
  get personIds(): readonly string[] {
    return [...this.#parts.cloud.persons.keys()];
  }

  /** Moves the clock by `ms`. @returns the new time */
  advance(ms: number): number {
    this.#parts.cloud.clock.advance(ms);
    return this.now;
  }

  /** Moves the clock to an instant, forward or back. @returns the new time */
  moveTo(ms: number): number {
    this.#parts.cloud.clock.moveTo(ms);
    return this.now;
  }

  /** Moves the clock to a minute after the person next opens the app with a new night. @returns the new time */
  nextMorning(personId?: string): number {
    return this.moveTo(nextMorning(this.#person(personId), this.now));
  }

  /** @throws RangeError for a person unknown */
  addToken({ token, personId, scopes, expiresAt, clientId }: TokenRegistration): void {
    const client = clientId ?? [...this.#parts.cloud.applications.keys()][0] ?? '';
    const grant = { personId: this.#person(personId).id, clientId: client, ...(scopes !== undefined && { scopes }) };
    this.#parts.cloud.tokens.add(token, grant, expiresAt ?? Number.POSITIVE_INFINITY);
  }

  /** Changes the permissions of the sign-in that a token belongs to. @throws RangeError for a token unknown */
  setScopes(token: string, scopes: readonly string[]): void {
    const grant = this.#parts.cloud.tokens.grantOf(token);
    if (grant === null) throw new RangeError('unknown token');
    grant.scopes = scopes;
  }

  /** Ends an access token's time now. @returns false for a token unknown */
  expireToken(token: string): boolean {
    return this.#parts.cloud.tokens.expire(token, this.now);
  }

  /** Ends a sign-in with all its tokens. @returns false for a token unknown */
  revokeToken(token: string): boolean {
    return this.#parts.cloud.tokens.revoke(token);
  }

  /** Lets the person's membership lapse (403 on everything), or come back. */
  lapseMembership(personId?: string, lapsed = true): void {
    const { id } = this.#person(personId);
    if (lapsed) this.#parts.cloud.lapsed.add(id);
    else this.#parts.cloud.lapsed.delete(id);
  }

  applications(): readonly Application[] {
    return [...this.#parts.cloud.applications.values()];
  }

  /** Registers or replaces an application. */
  addApplication(application: Application): void {
    this.#parts.cloud.applications.set(application.clientId, application);
  }

  /** What the person does on the consent page from now on; missing parts stay as they are. */
  setConsent(consent: Partial<Consent>): void {
    this.#parts.oauth.consent = { ...this.#parts.oauth.consent, ...consent };
  }

  /** Replaces or adds a document or row, visible at once. */
  put(endpoint: EndpointKey, body: Body, personId?: string): void {
    const data = this.#person(personId);
    const known = typeof body['id'] === 'string' && data.find(endpoint, body['id'], this.now) !== null;
    data.put(endpoint, body, this.now);
    this.#record(data, endpoint, body['id'], known ? 'update' : 'create');
  }

  /** Deletes a document by id (a row: by its instant in epoch ms). */
  remove(endpoint: EndpointKey, identity: string, personId?: string): void {
    const data = this.#person(personId);
    data.remove(endpoint, identity, this.now);
    this.#record(data, endpoint, identity, 'delete');
  }

  fail(rule: FaultRule): void {
    this.#parts.faults.add(rule);
  }

  clearFaults(): void {
    this.#parts.faults.clear();
  }

  change(settings: SettingsChange): void {
    this.#parts.cloud.settings.change(settings);
  }

  setPageSize(documents: number, rows: number): void {
    this.change({ pageSize: { documents, rows } });
  }

  stats(): RequestStats {
    return this.#parts.log.stats();
  }

  requests(): readonly LoggedRequest[] {
    return this.#parts.log.entries;
  }

  /** Webhook subscriptions of all applications. */
  subscriptions(): readonly Subscription[] {
    return [...this.#parts.cloud.applications.keys()].flatMap((clientId) => this.#parts.subscriptions.of(clientId));
  }

  /** Sends the webhook events due by `toMs` (default: now). Call it now and then; nothing is sent otherwise. */
  deliver(toMs?: number): Promise<readonly Delivery[]> {
    return this.#parts.webhooks.deliver(toMs ?? this.now);
  }

  /** Back to the start, but for the clock, the tokens, the applications and the subscriptions. */
  reset(): void {
    const { cloud, faults, log, webhooks } = this.#parts;
    faults.clear();
    log.clear();
    cloud.limiter.reset();
    cloud.lapsed.clear();
    cloud.settings.reset();
    for (const data of cloud.persons.values()) data.reset();
    webhooks.reset();
  }

  #person(personId: string | undefined): PersonData {
    const { persons } = this.#parts.cloud;
    const data = personId === undefined ? persons.values().next().value : persons.get(personId);
    if (data === undefined) throw new RangeError('unknown person');
    return data;
  }

  #record(data: PersonData, endpoint: EndpointKey, id: unknown, kind: EventType): void {
    if (endpointOf(endpoint).webhook === null || typeof id !== 'string') return;
    this.#parts.webhooks.record(data.id, endpoint, { kind, id, at: this.now });
  }
}
