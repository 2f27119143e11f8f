import { Application, type ApplicationLimits } from '../api/application';
import { Budget } from '../api/budget';
import { OuraClient } from '../api/oura-client';
import { WebhookSubscriptions } from '../api/webhook-subscriptions';
import { StaticAccessTokens } from '../auth/static-access-tokens';
import type { AccessTokens } from '../ports/access-tokens';
import type { Clock } from '../ports/clock';
import type { Http } from '../ports/http';
import type { Logger } from '../ports/logger';
import type { Random } from '../ports/random';
import type { AccountConfig } from '../sync/account-config';
import type { Connection } from '../sync/connection';
import { DeferredSettings } from '../sync/deferred-settings';
import { zoneOfChoice } from '../sync/engine-options';
import { localTime } from '../sync/local-time';
import { personIdOf } from '../sync/person-id';
import { isReal } from './is-real';
import type { PersonFolder } from './person-folder';

/** A simulated ring served over HTTP, and the time it lives in. */
export interface DemoCloud {
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  nextMorning(): number;
  close(): Promise<void>;
}

/** What connections are made of. */
export interface ConnectionPorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  /** The log of an account. */
  readonly logOf: (accountId: string) => Logger;
  readonly folder: PersonFolder;
  /** Numbers of each application's limiter; missing = LIMITS. */
  readonly limits?: Partial<ApplicationLimits>;
  /** The tokens of an account that was signed in to by OAuth2. */
  readonly oauthTokens: (config: AccountConfig) => AccessTokens;
  readonly startDemo: (seed: string, zone: string) => Promise<DemoCloud>;
}

/** Opens what accounts talk to Oura with. Accounts of one Oura application share its limiter. */
export class Connections {
  readonly #ports: ConnectionPorts;
  readonly #applications = new Map<string, Application>();

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
  }

  /** @throws OuraError `address_invalid` */
  async open(config: AccountConfig): Promise<Connection> {
    const { folder, startDemo } = this.#ports;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const demo = config.mode === 'demo' ? await startDemo(config.seed, zone) : null;
    const known = isReal(config) ? folder.index.personOf(config.id) : null;
    const settings = new DeferredSettings(known === null ? null : folder.settingsOf(known));
    const clock = demo?.clock ?? this.#ports.clock;
    const budget = budgetOf(config, settings, clock);
    const client = this.#client(config, budget, demo);
    return {
      client,
      budget,
      clock,
      nextMorning: demo === null ? null : () => demo.nextMorning(),
      onPerson: (personId) => {
        settings.attach(folder.settingsOf(personId));
      },
      close: async () => {
        budget.flush();
        await demo?.close();
      },
    };
  }

  /**
   * A client for a few questions of an account that may not run yet. Demo accounts have none.
   * @param budget the running account's; null = a count of its own that nobody keeps
   * @throws OuraError `address_invalid`
   */
  clientOf(config: AccountConfig, tokens: AccessTokens, budget: Budget | null): OuraClient {
    return this.#client(config, budget ?? budgetOf(config, new DeferredSettings(null), this.#ports.clock), null, tokens);
  }

  /** The person an access token belongs to, outside the day's budget. @throws OuraError what keeps Oura from telling */
  async personOf(config: AccountConfig, accessToken: string): Promise<string> {
    const client = this.clientOf(config, new StaticAccessTokens(accessToken), null);
    const { id } = await client.personalInfo({ purpose: 'fresh' }, new AbortController().signal);
    return personIdOf(id);
  }

  /** The webhook subscriptions of an account's application, opened by its id and secret. @throws OuraError `address_invalid` */
  subscriptionsOf({ id, apiBase, credentials }: AccountConfig): WebhookSubscriptions {
    const { clientId, clientSecret } = credentials;
    const application = this.#limiter(`client:${clientId}`);
    return new WebhookSubscriptions({ ...this.#ports, logger: this.#ports.logOf(id), application, base: apiBase, clientId, clientSecret });
  }

  /** The tokens an account's mode gives it. */
  tokensOf(config: AccountConfig): AccessTokens {
    if (config.mode === 'oauth2') return this.#ports.oauthTokens(config);
    return new StaticAccessTokens(config.mode === 'sandbox' ? 'sandbox' : config.credentials.accessToken);
  }

  #client(config: AccountConfig, budget: Budget, demo: DemoCloud | null, tokens?: AccessTokens): OuraClient {
    const { http, random, logOf, clock } = this.#ports;
    return new OuraClient({
      http,
      random,
      logger: logOf(config.id),
      budget,
      clock: demo?.clock ?? clock,
      tokens: tokens ?? (demo === null ? this.tokensOf(config) : new StaticAccessTokens(demo.token)),
      application: demo === null ? this.#applicationOf(config) : new Application({ clock: demo.clock }),
      base: demo?.url ?? config.apiBase,
      sandbox: config.mode === 'sandbox',
    });
  }

  /** A personal access token is an application of its own. */
  #applicationOf({ id, mode, credentials }: AccountConfig): Application {
    return this.#limiter(mode === 'oauth2' ? `client:${credentials.clientId}` : `account:${id}`);
  }

  #limiter(key: string): Application {
    const { clock, limits = {} } = this.#ports;
    const application = this.#applications.get(key) ?? new Application({ clock, limits });
    this.#applications.set(key, application);
    return application;
  }
}

function budgetOf({ id, dailyBudget, engine }: AccountConfig, settings: DeferredSettings, clock: Clock): Budget {
  const localOf = (ms: number): ReturnType<typeof localTime> => localTime(ms, zoneOfChoice(engine));
  return new Budget({ limit: dailyBudget, settings, key: `budget:${id}`, clock, localOf });
}
