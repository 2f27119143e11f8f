import { Subscribers } from '../async/subscribers';
import { LIMITS } from '../catalogue/limits';
import type { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { EntityEvent, EntityState } from '../home/entity';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { AccountSession } from '../sync/account-session';
import type { PersonHost } from '../sync/person-host';
import type { Attend } from './attendant';
import type { ControlNews } from './control-news';
import type { EntitiesStatus } from './entities-status';
import { eraseEntities } from './erase-entities';
import { leaveFormerBrokers } from './leave-former-brokers';
import { leaveOtherWays } from './leave-other-ways';
import type { PublisherOptions } from './person-publisher';
import { PersonRun, type Farewell } from './person-run';
import type { SharedPersons } from './shared-persons';
import type { EntitiesOf, OpenBroker, Way } from './way';

export interface EntitiesPorts {
  readonly session: AccountSession;
  readonly slug: string;
  readonly persons: SharedPersons;
  /** The way to take, and others that were perhaps taken before. */
  readonly way: Way;
  readonly otherWays: readonly Way[];
  /** What attends the person. */
  readonly attend: readonly Attend[];
  /** Everybody of whom anything is kept. */
  readonly everybody: () => readonly EntitiesOf[];
  /** The machine's. */
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface EntitiesOptions extends PublisherOptions {
  /** Id of the node. */
  readonly owner: string;
  /** Where the node may have published before. */
  readonly openBroker?: OpenBroker;
}

/** The entities of one node: those of whoever its account belongs to, from the start of the node to its end. */
export class PersonEntities {
  readonly #ports: EntitiesPorts;
  readonly #options: EntitiesOptions;
  /** Messages that came before the person was known. */
  readonly #early: (readonly unknown[])[] = [];
  readonly #unfollow: () => void;
  #run: PersonRun | null = null;
  /** The last run, as long as its attendants are there, and whom it served. */
  #last: { readonly run: PersonRun; readonly host: PersonHost } | null = null;
  /** Ends the clearing of what a deleted person has left. */
  #erasing = new AbortController();
  #ended: Promise<void> = Promise.resolve();
  #problem: OuraError | null = null;
  #farewell: Farewell = { remove: false, isHurried: false };
  /** Hears of controls that a person used. */
  readonly controls: Subscribers<ControlNews>;
  /** Hears when the status may be another one. */
  readonly news: Subscribers<void>;

  constructor(ports: EntitiesPorts, options: EntitiesOptions) {
    this.#ports = ports;
    this.#options = options;
    const onError = (error: unknown): void => {
      ports.logger.error(`A listener failed: ${toOuraError(error).message}`);
    };
    this.controls = new Subscribers(onError);
    this.news = new Subscribers(onError);
    const endHost = ports.session.withHost((host) => this.#begin(host));
    const endErased = ports.session.events.add((event) => {
      if (event.type === 'problem' && event.error.code === 'data_erased') this.#erase();
    });
    this.#unfollow = () => {
      endHost();
      endErased();
      this.#letGo();
    };
  }

  get status(): EntitiesStatus {
    const error = this.#problem ?? this.#run?.problem ?? null;
    if (error !== null) return { kind: 'problem', error };
    if (this.#run === null) return { kind: 'waiting' };
    return { kind: this.#run.isSettled ? 'published' : 'publishing', entities: this.#run.publisher.count };
  }

  /**
   * Makes, updates or takes away further entities; all of a list or none. What comes before the person is known waits.
   * @param payload one `{key, name, value, …}` or a list
   * @throws OuraError field_missing, field_invalid, entity_reserved
   */
  take(payload: unknown): void {
    const payloads: readonly unknown[] = Array.isArray(payload) ? payload : [payload];
    if (this.#run !== null) {
      this.#run.publisher.take(payloads);
      return;
    }
    this.#early.push(payloads);
    if (this.#early.length > LIMITS.earlyMessagesMax) this.#early.shift();
  }

  /** Shows values of entities given as `further`; while the person is not known there is nobody to show them of. */
  show(states: readonly EntityState[]): void {
    this.#run?.publisher.show(states);
  }

  /** Tells an event of an entity given as `further`. */
  fire(event: EntityEvent): void {
    this.#run?.publisher.fire(event);
  }

  /**
   * Ends.
   * @param remove takes everything away that the node has made, as far as it can be reached now
   * @param isHurried what it publishes with ends in the same turn, and for good
   */
  async close({ remove, isHurried = false }: { readonly remove: boolean; readonly isHurried?: boolean }): Promise<void> {
    this.#farewell = { remove, isHurried };
    const leaving = this.#run?.leave(this.#farewell); // at once: a broker's node may end in the same turn
    this.#unfollow();
    await leaving;
    await this.#ended;
  }

  /** One after the other: what was made for a person is let go before the next one is served. */
  #begin(host: PersonHost): () => void {
    const stop = new AbortController();
    this.#letGo();
    this.#next(() => this.#serve(host, stop.signal));
    return () => {
      stop.abort(new DOMException('The person is not served any more.', 'AbortError'));
    };
  }

  #next(work: () => Promise<void>): void {
    this.#ended = this.#ended
      .then(work)
      .catch((error: unknown) => {
        this.#problem = toOuraError(error);
        this.#ports.logger.error(`Entities have stopped: ${this.#problem.message}`);
      })
      .then(() => {
        this.news.tell();
      });
  }

  /** Nobody attends any more, and nothing of a deleted person is cleared. */
  #letGo(): void {
    this.#last?.run.dismiss();
    this.#last = null;
    this.#erasing.abort(new DOMException('The person is served anew, or not at all.', 'AbortError'));
  }

  /** Everything of the person was deleted: what Home Assistant knows of them goes too. */
  #erase(): void {
    if (this.#last === null) return;
    const { host } = this.#last;
    this.#erasing = new AbortController();
    const { signal } = this.#erasing;
    this.#next(() => eraseEntities(host, this.#options.owner, this.#ports, signal));
  }

  async #serve(host: PersonHost, signal: AbortSignal): Promise<void> {
    const connection = this.#ports.session.connection;
    const isWanted = (): boolean => !signal.aborted;
    if (!isWanted() || connection === null) return;
    await this.#tidy(host, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    const run = this.#runOf(host, connection.clock, signal);
    this.#run = run;
    if (isWanted()) this.#last = { run, host };
    this.#problem = null;
    try {
      const ended = run.run();
      this.#takeEarly();
      await ended;
    } finally {
      this.#run = null;
      await run.leave(this.#farewell);
    }
  }

  /** What the node made by other ways, and of another person before, goes first. */
  async #tidy(host: PersonHost, signal: AbortSignal): Promise<void> {
    const { way, otherWays, everybody, clock, logger } = this.#ports;
    const { owner, openBroker = () => null } = this.#options;
    const ways = [way, ...otherWays];
    await leaveOtherWays(host, owner, { ways: otherWays, clock, logger }, signal);
    for (const other of everybody().filter(({ personId }) => personId !== host.personId))
      await leaveOtherWays(other, owner, { ways, clock, logger }, signal);
    for (const one of everybody()) await leaveFormerBrokers(one, owner, { ways, openBroker, clock, logger }, signal);
  }

  #runOf(host: PersonHost, accountClock: Clock, signal: AbortSignal): PersonRun {
    const callbacks = {
      onControl: (news: ControlNews): void => {
        this.controls.tell(news);
      },
      onNews: (): void => {
        this.news.tell();
      },
    };
    const ports = { ...this.#ports, ...callbacks, host, accountClock, person: this.#ports.persons.of(host.settings) };
    return new PersonRun(ports, this.#options.owner, this.#options, signal);
  }

  #takeEarly(): void {
    for (const payloads of this.#early.splice(0)) {
      try {
        this.take(payloads);
      } catch (cause) {
        this.#ports.logger.warn(toOuraError(cause).message);
      }
    }
  }
}
