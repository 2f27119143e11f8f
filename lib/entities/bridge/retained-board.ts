import * as z from 'zod';
import { Wakeup } from '../../async/wakeup';
import { LIMITS } from '../../catalogue/limits';
import { toOuraError } from '../../errors/to-oura-error';
import type { Broker } from '../../ports/broker';
import type { Clock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import type { Settings } from '../../ports/settings';
import { ScopedSetting } from '../scoped-setting';

export interface RetainedBoardPorts {
  readonly broker: Broker;
  readonly settings: Settings;
  /** Id of the node that makes the topics. */
  readonly owner: string;
  /** Subscription that covers the topics. */
  readonly filter: string;
  /** Topics under the filter that may be taken away although nobody remembers having made them. */
  readonly isOurs: (topic: string) => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

const SETTING = 'bridge';
const topicList = z.array(z.object({ broker: z.string(), topic: z.string() })).catch([]);

/**
 * Retained topics of a broker as they shall be: what is there already is not sent again, what is not wanted is cleared, what waits for the
 * broker is only the newest. Each topic is remembered with the person before it is made and forgotten after it is gone. It looks when
 * something is wanted or the broker is back, not when somebody else writes: two programs that want different things would never rest.
 */
export class RetainedBoard {
  readonly #ports: RetainedBoardPorts;
  readonly #made: ScopedSetting<{ broker: string; topic: string }[]>;
  readonly #wakeup = new Wakeup();
  #wanted: ReadonlyMap<string, string> = new Map();
  /** What the broker holds as far as it has told. */
  readonly #held = new Map<string, string>();
  /** What is remembered, apart from the person's settings: those are gone when everything of the person was deleted. */
  readonly #known = new Set<string>();
  #hasRead = false;
  /** Nobody remembers them: cleared once, as another Node-RED may have made them. */
  #strays: readonly string[] | null = null;

  constructor(ports: RetainedBoardPorts) {
    this.#ports = ports;
    this.#made = new ScopedSetting(ports.settings, SETTING, ports.owner, topicList);
  }

  /** These and only these topics shall be there. */
  want(topics: ReadonlyMap<string, string>): void {
    this.#wanted = topics;
    this.#wakeup.wake();
  }

  /** @returns ends it; topics stay */
  start(): () => void {
    const ending = new AbortController();
    const { broker, filter, logger } = this.#ports;
    for (const topic of this.#mine()) this.#known.add(topic);
    const unsubscribe = broker.subscribe(filter, ({ topic, payload }) => {
      this.#hear(topic, payload);
    });
    const unfollow = broker.onConnected((isConnected) => {
      if (!isConnected) this.#forgetHeld();
      this.#wakeup.wake();
    });
    this.#run(ending.signal).catch((error: unknown) => {
      if (!ending.signal.aborted) logger.error(`The MQTT bridge has stopped: ${toOuraError(error).message}`);
    });
    return () => {
      unsubscribe();
      unfollow();
      ending.abort(new DOMException('The node has stopped.', 'AbortError'));
    };
  }

  /** Nodes that have made topics for a person. */
  static owners(settings: Settings): readonly string[] {
    return ScopedSetting.scopes(settings, SETTING);
  }

  /** Remembers in other settings what these do. */
  static copy(from: Settings, to: Settings): void {
    to.save(SETTING, from.load(SETTING));
  }

  /** Ids of the brokers at which a node has made topics for a person. */
  static brokersOf(settings: Settings, owner: string): readonly string[] {
    return new ScopedSetting(settings, SETTING, owner, topicList).load().map(({ broker }) => broker);
  }

  /**
   * Clears all that this node made on this broker and no other node did; all of it is handed over before this returns.
   * @throws OuraError broker_away; the signal's reason
   */
  async remove(signal: AbortSignal): Promise<void> {
    this.#wanted = new Map();
    await Promise.all(this.#mine().map((topic) => this.#clear(topic, signal)));
  }

  /** The same after everything of the person was deleted: nothing is written down any more. @throws OuraError broker_away */
  async erase(signal: AbortSignal): Promise<void> {
    this.#wanted = new Map();
    for (const topic of this.#known) {
      signal.throwIfAborted();
      await this.#ports.broker.publish({ topic, payload: '', retain: true });
      this.#known.delete(topic);
    }
  }

  #hear(topic: string, payload: string): void {
    if (payload === '') this.#held.delete(topic);
    else this.#held.set(topic, payload);
  }

  #forgetHeld(): void {
    this.#held.clear();
    this.#hasRead = false;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { broker, clock } = this.#ports;
    for (;;) {
      const isWoken = await this.#wakeup.wait(LIMITS.clockCheckMs, clock, signal);
      if (!isWoken || !broker.isConnected) continue;
      if (!this.#hasRead) await clock.delay(LIMITS.readBackMs, signal); // what is retained comes with each (re)connect
      this.#hasRead = broker.isConnected;
      this.#strays ??= [...this.#held.keys()].filter((topic) => this.#ports.isOurs(topic) && !this.#othersTopics().has(topic));
      await this.#carryOut(signal);
    }
  }

  async #carryOut(signal: AbortSignal): Promise<void> {
    try {
      for (const [topic, payload] of this.#wanted) {
        signal.throwIfAborted();
        if (this.#wanted.get(topic) !== payload) continue; // a newer one is on its way
        this.#remember(topic);
        if (this.#held.get(topic) !== payload) await this.#publish(topic, payload);
      }
      for (const topic of this.#unwanted()) {
        if (!this.#wanted.has(topic)) await this.#clear(topic, signal);
      }
    } catch (cause) {
      signal.throwIfAborted();
      if (toOuraError(cause).code !== 'broker_away') throw cause; // it goes on when the broker is back
    }
  }

  /** Also what is there already: another node may have made it, and would take it away alone. */
  #remember(topic: string): void {
    const made = this.#made.load();
    const { id: broker } = this.#ports.broker;
    this.#known.add(topic);
    if (!made.some((one) => one.broker === broker && one.topic === topic)) this.#made.save([...made, { broker, topic }]);
  }

  async #publish(topic: string, payload: string): Promise<void> {
    await this.#ports.broker.publish({ topic, payload, retain: true });
    this.#held.set(topic, payload);
  }

  async #clear(topic: string, signal: AbortSignal): Promise<void> {
    const { broker } = this.#ports;
    signal.throwIfAborted();
    if (!this.#othersTopics().has(topic)) await broker.publish({ topic, payload: '', retain: true });
    signal.throwIfAborted(); // the person may have been deleted meanwhile
    this.#held.delete(topic);
    this.#known.delete(topic);
    this.#strays = this.#strays?.filter((one) => one !== topic) ?? null;
    const left = this.#made.load().filter((one) => one.broker !== broker.id || one.topic !== topic);
    this.#made.save(left.length === 0 ? undefined : left);
  }

  #mine(): readonly string[] {
    return this.#made.load().flatMap((one) => (one.broker === this.#ports.broker.id ? [one.topic] : []));
  }

  #unwanted(): readonly string[] {
    return [...new Set([...this.#mine(), ...(this.#strays ?? [])])].filter((topic) => !this.#wanted.has(topic));
  }

  #othersTopics(): ReadonlySet<string> {
    return new Set(
      this.#made.others().flatMap((list) => list.flatMap(({ broker, topic }) => (broker === this.#ports.broker.id ? [topic] : []))),
    );
  }
}
