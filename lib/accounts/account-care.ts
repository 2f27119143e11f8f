import { SingleFlight } from '../async/single-flight';
import { OuraError } from '../errors/oura-error';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { TokenStore } from '../ports/token-store';
import { PersonFiles } from '../store/person-files';
import type { AccountConfig } from '../sync/account-config';
import type { AccountSession } from '../sync/account-session';
import { Rest } from '../sync/rest';
import type { AccountFacts } from './account-facts';
import { checkEverything } from './check-everything';
import { DebugLog } from './debug-log';
import { diagnosticsOf } from './diagnostics';
import { erasePerson } from './erase-person';
import { exportPerson } from './export-person';
import { keptTokens } from './kept-tokens';
import { OrphanedData } from './orphaned-data';
import { overviewOf } from './overview';
import type { PersonFolder } from './person-folder';
import { ProblemHistory } from './problem-history';
import type { WebhookStatus } from './webhook-status';
import type { ExportAnswer, Findings, Overview } from './wire';

/** A deployed account. */
export interface Deployed {
  readonly session: AccountSession;
  readonly slug: string;
}

/** What the care of accounts needs of whoever runs them. */
export interface CarePorts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly folder: PersonFolder;
  readonly tokens: Pick<TokenStore, 'load'>;
  /** Versions of this package and of Node-RED. */
  readonly version: string;
  readonly nodeRed: string | null;
  /** Every deployed account. */
  readonly deployed: () => readonly Deployed[];
  /** Ids of all accounts of the flows, disabled ones too. */
  readonly accountIds: () => ReadonlySet<string>;
  /** Path of the callback below the address of Node-RED; null = HTTP nodes are switched off. */
  readonly callbackPath: () => string | null;
  /** How the webhooks of an account stand. */
  readonly webhooksOf: (accountId: string) => WebhookStatus;
}

/** What a person can do with an account beside signing in: look at it, check it, take its data away, delete it. */
export class AccountCare {
  readonly #ports: CarePorts;
  readonly #logs = new Map<string, DebugLog>();
  readonly #rests = new Map<string, Rest>();
  /** Exports under way, one per person, and what stops them. */
  readonly #exporting = new SingleFlight();
  readonly #exports = new Map<string, AbortController>();
  readonly #histories = new Map<string, ProblemHistory>();
  readonly #files: PersonFiles;
  /** Data that belongs to no account any more. */
  readonly orphans: OrphanedData;

  constructor(ports: CarePorts) {
    const { folder, accountIds } = ports;
    this.#ports = ports;
    this.#files = new PersonFiles(folder.path);
    const inUse = (): ReadonlySet<string> => new Set(ports.deployed().flatMap(({ session }) => session.host?.personId ?? []));
    this.orphans = new OrphanedData({ files: this.#files, folder, accountIds, inUse });
  }

  /** The log of an account, to be used for all it does; it outlives every deploy. */
  logOf(accountId: string): DebugLog {
    const log = this.#logs.get(accountId) ?? new DebugLog(this.#ports.logger, this.#ports.clock);
    this.#logs.set(accountId, log);
    return log;
  }

  /** The problems of an account, to be told of each of its sessions; they outlive every deploy. */
  historyOf(accountId: string): ProblemHistory {
    const history = this.#histories.get(accountId) ?? new ProblemHistory(this.#ports.clock);
    this.#histories.set(accountId, history);
    return history;
  }

  /** Also of an account that is not deployed. */
  overview(accountId: string): Overview {
    const deployed = this.#find(accountId);
    return overviewOf(deployed?.session ?? null, this.#facts(accountId, deployed));
  }

  /** @throws OuraError `account_missing` when it is not deployed */
  diagnostics(accountId: string): Readonly<Record<string, unknown>> {
    const { version, nodeRed, clock } = this.#ports;
    const deployed = this.#insist(accountId);
    return diagnosticsOf(deployed.session, this.#facts(accountId, deployed), { version, nodeRed, now: clock.now() });
  }

  /** @throws OuraError `account_missing`; the signal's reason */
  async check(accountId: string, signal: AbortSignal): Promise<Findings> {
    const { folder, tokens, callbackPath } = this.#ports;
    const deployed = this.#insist(accountId);
    const facts = this.#facts(accountId, deployed);
    return await checkEverything({ session: deployed.session, facts, tokens, folder: folder.path, callbackPath: callbackPath() }, signal);
  }

  /** @throws OuraError `account_missing` also when its person is not known yet, `folder_refused`; the signal's reason */
  async export(accountId: string, signal: AbortSignal): Promise<ExportAnswer> {
    const { session, slug } = this.#insist(accountId);
    if (session.host === null) throw new OuraError('account_missing');
    const { personId, keeper } = session.host;
    const now = session.connection?.clock.now() ?? this.#ports.clock.now();
    const order = { personId, slug, store: keeper.current, files: this.#files, version: this.#ports.version, now };
    const work = async (shared: AbortSignal): Promise<ExportAnswer> => {
      const stop = new AbortController();
      this.#exports.set(personId, stop);
      return await exportPerson(order, AbortSignal.any([shared, stop.signal])).finally(() => this.#exports.delete(personId));
    };
    return await this.#exporting.run(personId, work, signal);
  }

  /**
   * Deletes everything of the account's person while none of their accounts is at work; those rest afterwards, as some could load
   * everything anew at once.
   * @param signOut done in between: takes the sign-ins of these accounts away
   * @throws OuraError `confirmation_wrong` unless `confirm` is the account's slug, `account_missing`, `folder_refused`
   */
  async erase(accountId: string, confirm: string, signOut: (accountIds: readonly string[]) => Promise<void>): Promise<void> {
    const { folder } = this.#ports;
    const { session, slug } = this.#insist(accountId);
    if (confirm !== slug) throw new OuraError('confirmation_wrong');
    const person = session.host?.personId ?? folder.index.personOf(accountId);
    const others = person === null ? [] : this.#others(accountId, person).map((other) => other.session.config.id);
    const ids = [accountId, ...others];
    if (person !== null) this.#exports.get(person)?.abort(new DOMException('The data is being deleted.', 'AbortError'));
    await this.#whileStopped(ids, async () => {
      if (person !== null) erasePerson(person, { files: this.#files, folder });
      for (const id of ids) this.#rests.set(id, new Rest(new OuraError('data_erased')));
      await signOut(ids);
    });
  }

  /** Why an account may ask nothing for now: everything was deleted. It outlives every deploy. */
  restOf(accountId: string): Rest | null {
    return this.#rests.get(accountId) ?? null;
  }

  /** The account is wanted again. */
  endRest(accountId: string): void {
    this.#rests.get(accountId)?.end();
    this.#rests.delete(accountId);
  }

  /** A deploy meanwhile makes another session of an account, which waits for the one that is asked to stop; so each is looked up late. */
  async #whileStopped([first, ...others]: readonly string[], work: () => Promise<void>): Promise<void> {
    if (first === undefined) {
      await work();
      return;
    }
    const next = (): Promise<void> => this.#whileStopped(others, work);
    await (this.#find(first)?.session.startAnewAfter(next) ?? next());
  }

  #facts(accountId: string, deployed: Deployed | null): AccountFacts {
    const person = deployed?.session.host?.personId ?? null;
    const { signedIn, scopes } = this.#signIn(deployed?.session.config ?? null);
    return {
      slug: deployed?.slug ?? '',
      scopes,
      signedIn,
      debugUntil: this.logOf(accountId).until,
      nameOf: (id) => nameOf(this.#find(id)),
      sharedWith: person === null ? [] : this.#others(accountId, person).map(nameOf),
      past: this.historyOf(accountId).list(),
      webhooks: (deployed?.session.config.webhookUrl ?? '') === '' ? null : this.#ports.webhooksOf(accountId),
    };
  }

  #signIn(config: AccountConfig | null): Pick<AccountFacts, 'signedIn' | 'scopes'> {
    if (config?.mode === 'token') return { signedIn: config.credentials.accessToken !== '', scopes: null };
    if (config?.mode !== 'oauth2') return { signedIn: config !== null, scopes: null };
    const kept = keptTokens(this.#ports.tokens, config.id);
    return { signedIn: kept !== null, scopes: kept?.scopes ?? null };
  }

  #others(accountId: string, person: string): readonly Deployed[] {
    return this.#ports.deployed().filter(({ session }) => session.host?.personId === person && session.config.id !== accountId);
  }

  #find(accountId: string): Deployed | null {
    return this.#ports.deployed().find(({ session }) => session.config.id === accountId) ?? null;
  }

  #insist(accountId: string): Deployed {
    const deployed = this.#find(accountId);
    if (deployed === null) throw new OuraError('account_missing');
    return deployed;
  }
}

function nameOf(deployed: Deployed | null): string {
  if (deployed === null) return '';
  const { name } = deployed.session.config;
  return name === '' ? deployed.slug : name;
}
