import { Connections } from './accounts/connections';
import { isReal } from './accounts/is-real';
import { PersonFolder } from './accounts/person-folder';
import { Residents } from './accounts/residents';
import { AccountCare } from './accounts/account-care';
import { AddressCheck } from './accounts/address-check';
import { AccountTokens } from './accounts/account-tokens';
import { Removal } from './accounts/removal';
import { SetUp } from './accounts/set-up';
import { SignInDesk } from './accounts/sign-in-desk';
import { WebhookDesk } from './accounts/webhook-desk';
import type { AdoptRequest } from './accounts/wire';
import { PendingSignIns } from './auth/pending-sign-ins';
import { LIMITS } from './catalogue/limits';
import { Publishing } from './entities/publishing';
import { webhookSwitch } from './entities/webhook-switch';
import { OuraError } from './errors/oura-error';
import { toOuraError } from './errors/to-oura-error';
import type { Logger } from './ports/logger';
import type { RuntimePorts } from './runtime-ports';
import { PersonFiles } from './store/person-files';
import { startDemo } from './simulator/demo';
import type { AccountConfig } from './sync/account-config';
import { AccountSession } from './sync/account-session';
import type { PersonHost } from './sync/person-host';
import { slugOf, uniqueSlug } from './sync/slug';

/** A node's hold on an account. */
export interface Lease {
  readonly session: AccountSession;
  /** The account's short name in topics and entity ids; kept when the account is renamed. */
  readonly slug: string;
  /** Gives the hold back; the last one stops the account after a short grace. Calling it twice is harmless. */
  release(): void;
}

interface Entry {
  readonly key: string;
  readonly session: AccountSession;
  readonly slug: string;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  users: number;
  grace: AbortController | null;
}

/** The one object that outlives a deploy: engines by person, sessions by account, limiters by application, demo servers by seed. */
export class Runtime {
  readonly #ports: RuntimePorts;
  readonly #entries = new Map<string, Entry>();
  readonly folder: PersonFolder;
  readonly #residents: Residents;
  readonly #connections: Connections;
  /** Where people sign in. */
  readonly signIns: SignInDesk;
  /** What the wizard asks. */
  readonly setUp: SetUp;
  /** What else a person can do with an account. */
  readonly care: AccountCare;
  /** Where nodes publish entities in Home Assistant. */
  readonly publishing: Publishing;
  /** Where Oura's events come in. */
  readonly webhooks: WebhookDesk;
  /** What a stranger gets at a public address. */
  readonly addresses: AddressCheck;
  readonly #removal: Removal;
  readonly #stopping = new AbortController();

  constructor(ports: RuntimePorts) {
    const { clock, random, logger, tokenStore: tokens, host } = ports;
    this.#ports = ports;
    this.folder = new PersonFolder(ports.folder, logger);
    this.addresses = new AddressCheck(ports);
    const deployed = (): readonly Entry[] => [...this.#entries.values()];
    const webhooksOf = (accountId: string): ReturnType<WebhookDesk['statusOf']> => this.webhooks.statusOf(accountId);
    this.care = new AccountCare({ ...ports, ...host, tokens, folder: this.folder, webhooksOf, deployed });
    this.publishing = new Publishing({ clock, logger, persons: () => this.folder.all() });
    const accountIds = (): ReadonlySet<string> => new Set([...host.accountIds(), ...this.#entries.keys()]);
    this.#removal = this.#openRemoval(accountIds);
    const logOf = (accountId: string): Logger => this.care.logOf(accountId);
    const accountTokens = new AccountTokens({ clock, logOf, store: tokens, requests: ports.tokenRequests });
    this.#residents = new Residents({ folder: this.folder, clock, logger });
    this.#connections = new Connections({
      ...ports,
      folder: this.folder,
      logOf,
      oauthTokens: (config) => accountTokens.configured(config),
      startDemo: (seed, zone) => startDemo({ seed, clock, random, zone }),
    });
    this.webhooks = this.#openDesk(accountIds);
    this.signIns = new SignInDesk({
      clock,
      logger,
      pending: new PendingSignIns({ clock, random }),
      requests: ports.tokenRequests,
      tokens: accountTokens,
      connections: this.#connections,
      folder: this.folder,
      sessionOf: (accountId) => this.sessionOf(accountId),
      isInFlows: (accountId) => host.accountIds().has(accountId),
      onSignedIn: this.wake.bind(this),
    });
    const sessions = (): readonly AccountSession[] => deployed().map(({ session }) => session);
    this.setUp = new SetUp({ clock, connections: this.#connections, desk: this.signIns, folder: this.folder, sessions });
  }

  /** The running session of an account; null = it was not deployed. */
  sessionOf(accountId: string): AccountSession | null {
    return this.#entries.get(accountId)?.session ?? null;
  }

  /**
   * Takes hold of an account. The same configuration as before goes on without a break;
   * a changed one starts anew when the old one has ended.
   * @param ready when all flows are there: an account that starts now waits for it, so that no reader misses its first changes
   */
  acquire(config: AccountConfig, ready: Promise<void>): Lease {
    const key = JSON.stringify(config);
    const running = this.#entries.get(config.id);
    const entry = running?.key === key && !running.stop.signal.aborted ? running : this.#start(config, key, ready, running);
    entry.grace?.abort();
    entry.grace = null;
    entry.users += 1;
    let held = true;
    const release = (): void => {
      if (held) this.#release(config.id, entry);
      held = false;
    };
    return { session: entry.session, slug: entry.slug, release };
  }

  /** There is a new sign-in, or a person wants the account again after everything was deleted. */
  wake(accountId: string): void {
    this.care.endRest(accountId);
    this.#entries.get(accountId)?.session.signedIn();
  }

  /** Looks for what removed accounts have left, now and every LIMITS.removalEveryMs, until the runtime stops. */
  async watchRemovals(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#removal.sweep();
      this.webhooks.review();
      await this.#ports.clock.delay(LIMITS.removalEveryMs, this.#stopping.signal).catch(() => undefined); // aborted: the loop ends
    }
  }

  /** Deletes everything of an account's person, sign-ins too. @throws OuraError as AccountCare.erase */
  async erase(accountId: string, confirm: string): Promise<void> {
    await this.care.erase(accountId, confirm, async (accountIds) => {
      for (const id of accountIds) this.webhooks.rest(id);
      await Promise.all(accountIds.map((id) => this.signIns.signOut(id)));
    });
  }

  /** Gives orphaned data to an account, which starts anew with it. @throws OuraError as OrphanedData.adopt */
  async adopt(request: AdoptRequest): Promise<void> {
    const entry = this.#entries.get(request.account);
    if (entry !== undefined && !isReal(entry.session.config)) throw new OuraError('account_taken'); // a made-up person has its own data
    this.care.orphans.adopt(request, entry?.slug ?? request.account);
    await entry?.session.startAnewAfter(() => Promise.resolve());
  }

  /** Stops everything now; resolves when nothing is under way any more. */
  async shutdown(): Promise<void> {
    this.#stopping.abort();
    this.publishing.stop();
    const webhooks = this.webhooks.stop();
    const entries = [...this.#entries.values()];
    for (const { stop, grace } of entries) {
      grace?.abort();
      stop.abort(new DOMException('Node-RED is stopping.', 'AbortError'));
    }
    await Promise.all([webhooks, ...entries.map(({ ended }) => ended)]);
    this.#entries.clear();
  }

  #openRemoval(accountIds: () => ReadonlySet<string>): Removal {
    const { folder, tokenStore: tokens } = this.#ports;
    const files = new PersonFiles(folder);
    return new Removal({ ...this.#ports, tokens, files, folder: this.folder, accountIds, onDelete: this.publishing.forget });
  }

  #openDesk(accountIds: () => ReadonlySet<string>): WebhookDesk {
    return new WebhookDesk({
      ...this.#ports,
      ...this.#ports.host,
      accountIds,
      apiOf: (config) => this.#connections.subscriptionsOf(config),
      answerCheck: (query) => this.addresses.answer(query),
      switchOf: (settings) => webhookSwitch(this.publishing.persons, settings),
    });
  }

  #start(config: AccountConfig, key: string, ready: Promise<void>, before: Entry | undefined): Entry {
    const logger = this.care.logOf(config.id);
    before?.stop.abort(new DOMException('The account was changed.', 'AbortError'));
    const others = [...this.#entries.values()].filter(({ session }) => session.config.id !== config.id);
    const wanted = config.slug === '' ? (this.folder.index.slugOf(config.id) ?? slugOf(config.name)) : slugOf(config.slug);
    const slug = uniqueSlug(wanted, new Set(others.map((other) => other.slug)));
    const stop = new AbortController();
    const session = new AccountSession(
      {
        logger,
        connect: () => this.#connections.open(config),
        restOf: () => this.care.restOf(config.id),
        webhookState: () => this.webhooks.statusOf(config.id).state,
        knownPerson: () => (isReal(config) ? this.folder.index.personOf(config.id) : null),
        enter: (personId) => this.#enter(personId, config, slug),
        leave: (host) => {
          this.#residents.leave(host);
        },
      },
      config,
    );
    this.care.historyOf(config.id).watch(session.events);
    const ended = Promise.all([ready, before?.ended])
      .then(() => session.run(stop.signal))
      .catch((error: unknown) => {
        logger.error(`Account ${config.id} has stopped: ${toOuraError(error).message}`);
      })
      .finally(() => {
        this.webhooks.left(session);
      });
    this.webhooks.attend(session);
    const entry: Entry = { key, session, slug, stop, ended, users: 0, grace: null };
    this.#entries.set(config.id, entry);
    return entry;
  }

  #release(accountId: string, entry: Entry): void {
    entry.users -= 1;
    if (entry.users > 0 || entry.stop.signal.aborted) return;
    const grace = new AbortController();
    entry.grace = grace;
    const end = (): void => {
      entry.stop.abort(new DOMException('The account is not used any more.', 'AbortError'));
      if (this.#entries.get(accountId) === entry) this.#entries.delete(accountId);
    };
    this.#ports.clock.delay(LIMITS.releaseGraceMs, grace.signal).then(end, () => undefined); // aborted: taken up again
  }

  #enter(personId: string, config: AccountConfig, slug: string): PersonHost {
    if (isReal(config)) {
      this.folder.index.remember(personId, config.id, slug);
      this.folder.settingsOf(personId).save('onRemove', config.onRemove);
    }
    return this.#residents.enter(personId, config);
  }
}
