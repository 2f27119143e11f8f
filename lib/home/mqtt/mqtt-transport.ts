import { Subscribers } from '../../async/subscribers';
import { waitFor } from '../../async/wait-for';
import { LIMITS } from '../../catalogue/limits';
import { OuraError } from '../../errors/oura-error';
import type { Broker } from '../../ports/broker';
import type { Clock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import { COMPONENTS, type EntityCommand, type EntityDefinition, type EntityEvent, type EntityState, type PersonDevice } from '../entity';
import type { EntityTransport } from '../entity-transport';
import type { Ledger, Made } from '../ledger';
import { EventQueue } from './event-queue';
import { eventPayload } from './event-payload';
import { OwnTopics } from './own-topics';
import { readCommand } from './read-command';
import { RetainedTopics } from './retained-topics';
import { TopicClaims } from './topic-claims';
import { Wishes } from './wishes';

/** Entities of one person, wanted by one node, by MQTT discovery. */
export class MqttTransport implements EntityTransport {
  readonly components = new Set(COMPONENTS);
  readonly #ports: { readonly broker: Broker; readonly clock: Clock; readonly logger: Logger };
  readonly #owner: string;
  readonly #claims: TopicClaims;
  readonly #retained: RetainedTopics;
  readonly #wishes: Wishes;
  readonly #events: EventQueue;
  readonly #listeners: Subscribers<EntityCommand>;
  readonly #endConnected: () => void;
  #session: { readonly topics: OwnTopics; readonly over: AbortController } | null = null;
  /** Home Assistant said that it goes, and not yet that it is there again. */
  #isHomeAway = false;
  /** What is there for certain, or was when the node ended the last time. */
  #made: readonly Made[] | null = null;
  #waiting: (() => void)[] = [];
  #closing: Promise<void> | null = null;
  #isClosed = false;

  /**
   * @param owner id of the node
   * @param prefix of Home Assistant's discovery topics
   */
  constructor(
    ports: { readonly broker: Broker; readonly clock: Clock; readonly logger: Logger; readonly ledger: Ledger },
    { owner, prefix, personId }: { readonly owner: string; readonly prefix: string; readonly personId: string },
  ) {
    const { broker, clock, logger, ledger } = ports;
    this.#ports = ports;
    this.#owner = owner;
    this.#claims = new TopicClaims({ ledger, owner, personId, place: broker.id });
    this.#retained = new RetainedTopics(ports, () => {
      this.#look();
    });
    this.#wishes = new Wishes(this.#retained, { prefix, place: broker.id, personId });
    this.#events = new EventQueue(clock);
    this.#listeners = new Subscribers((cause) => {
      logger.error(`Command: ${cause instanceof Error ? cause.name : 'failed'}.`);
    });
    this.#endConnected = broker.onConnected((isConnected) => {
      this.#leave(true);
      if (isConnected) this.#begin();
      this.#look();
    });
  }

  declare(device: PersonDevice, definitions: readonly EntityDefinition[]): void {
    if (this.#closing !== null) return;
    this.#made ??= this.#claims.own();
    const isMoved = this.#wishes.declare(device, definitions);
    this.#writeDown();
    if (isMoved || this.#session === null) {
      this.#leave(false);
      this.#begin();
    } else this.#tidy();
    this.#retained.pump();
    this.#look(); // what is left to other nodes is not ours any more
  }

  show(states: readonly EntityState[]): void {
    if (this.#closing !== null) return;
    for (const state of states) this.#wishes.show(state);
    this.#retained.pump();
  }

  fire(event: EntityEvent): void {
    if (this.#closing !== null || this.#wishes.definitionOf(event.key)?.component !== 'event') return;
    this.#events.add(event);
    this.#tellEvents();
  }

  setAvailable(isAvailable: boolean): void {
    if (this.#closing !== null) return;
    this.#wishes.setAvailable(isAvailable);
    this.#retained.pump();
  }

  onCommand(listener: (command: EntityCommand) => void): () => void {
    return this.#listeners.add(listener);
  }

  get isSettled(): boolean {
    const isNothingWanted = this.#wishes.topics === null && !this.#retained.isOpen;
    return isNothingWanted ? this.#ports.broker.isConnected : this.#retained.isIdle && this.#events.isEmpty;
  }

  async settled(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (!this.isSettled) {
      if (!this.#ports.broker.isConnected || this.#isClosed) throw new OuraError('broker_away');
      if (this.#retained.problem !== null) throw this.#retained.problem;
      await waitFor(
        new Promise<void>((resolve) => {
          this.#waiting.push(resolve);
        }),
        signal,
      );
    }
  }

  /**
   * Discoveries are emptied before this returns, states when Home Assistant has let go of them. Where the broker's node may end in the same
   * turn, `close` in that turn empties all of it before it returns.
   */
  async remove(signal: AbortSignal): Promise<void> {
    if (!this.#ports.broker.isConnected) throw new OuraError('broker_away');
    this.#wishes.clear();
    this.#events.take(); // nobody hears them any more
    if (this.#wishes.topics === null) this.#retained.know(new Map(), () => false, this.#wishes.kindOf);
    this.#tidy();
    this.#retained.pump();
    await this.settled(signal);
    this.#look();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#retained.pump(true);
    const { availability } = this.#wishes;
    if (availability !== null) this.#retained.publishNow(availability, 'offline');
    this.#endConnected();
    this.#endSession();
    const enough = new AbortController();
    const { clock } = this.#ports;
    await Promise.race([this.#retained.drained(), clock.delay(LIMITS.clearTimeoutMs, enough.signal).catch(() => undefined)]); // aborted
    enough.abort();
    this.#retained.release();
    this.#isClosed = true;
    this.#look();
  }

  #begin(): void {
    const { topics } = this.#wishes;
    if (topics === null || this.#closing !== null || !this.#ports.broker.isConnected) return;
    const over = new AbortController();
    const own = new OwnTopics(this.#ports, topics, this.#owner, {
      command: (key, payload) => {
        this.#command(key, payload);
      },
      emptied: (topic) => {
        if (!this.#retained.isOwnClearing(topic)) this.#wishes.giveUp(topic);
      },
      availability: (payload) => {
        this.#wishes.hearAvailability(payload);
        this.#retained.pump();
      },
      status: (payload) => {
        this.#isHomeAway = payload === 'offline';
        this.#tellEvents();
      },
    });
    this.#session = { topics: own, over };
    void this.#compare(own, over.signal);
  }

  async #compare(own: OwnTopics, signal: AbortSignal): Promise<void> {
    const expected = (this.#made ?? []).flatMap((made) => this.#claims.topicsIn(made));
    const found = await own.read(this.#wishes.expected(expected), signal).catch((cause: unknown) => {
      if (signal.aborted) return null; // the connection is lost: again with the next
      throw cause;
    });
    if (found === null || signal.aborted) return;
    this.#wishes.keepWords(found);
    this.#retained.know(found, (topic) => own.covers(topic), this.#wishes.kindOf);
    this.#tidy(found.keys());
    this.#retained.pump();
    this.#tellEvents();
    this.#look();
  }

  #leave(isLost: boolean): void {
    this.#endSession();
    this.#retained.shut(isLost);
  }

  #endSession(): void {
    this.#session?.over.abort();
    this.#session?.topics.end();
    this.#session = null;
  }

  /** The ledger names what is there and what is about to be. */
  #writeDown(): void {
    const made = this.#wishes.made();
    const isWanted = new Set(made.map((one) => JSON.stringify(one)));
    this.#claims.save([...this.#claims.own().filter((one) => !isWanted.has(JSON.stringify(one))), ...made]);
  }

  /** Empties what nobody wants any more. @param found topics of the person at which the broker keeps something */
  #tidy(found: Iterable<string> = []): void {
    const kept = this.#claims.ofOthers();
    const made = this.#claims.own().flatMap((one) => [...this.#claims.topicsIn(one), this.#claims.availabilityOf(one)]);
    const unused = [...made, ...found].filter((topic) => !kept.has(topic) && !this.#wishes.isOurs(topic));
    for (const topic of unused) this.#wishes.empty(topic);
  }

  #tellEvents(): void {
    const { topics } = this.#wishes;
    if (topics === null || this.#events.isEmpty || this.#isHomeAway || !this.#ports.broker.isConnected) return;
    if (!this.#retained.isAnnounced) return; // nobody would hear it: `#look` comes again
    for (const event of this.#events.take()) {
      const message = { topic: topics.state(event.key), payload: eventPayload(event), retain: false };
      this.#ports.broker.publish(message).catch(() => undefined); // whether it arrived is not known: again might be twice
    }
  }

  #command(key: string, payload: string): void {
    const definition = this.#wishes.definitionOf(key);
    const command = definition === undefined ? null : readCommand(definition, payload);
    if (command !== null) this.#listeners.tell(command);
    else this.#ports.logger.debug(`A message at a command topic was ignored: ${definition === undefined ? 'no such control' : key}.`);
  }

  /** Something has changed: the ledger forgets what is gone, and whoever waits looks again. */
  #look(): void {
    this.#tellEvents();
    if (this.#retained.isIdle) {
      this.#made = this.#wishes.made();
      this.#claims.save(this.#made);
    }
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
