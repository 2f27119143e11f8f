import { LIMITS } from '../../catalogue/limits';
import type { Broker, BrokerMessage } from '../../ports/broker';
import type { Clock } from '../../ports/clock';
import { topicMatches } from './topic-matches';
import type { Topics } from './topics';

/** Who hears what comes at a person's topics. Nothing of it is retained, except where that is said. */
export interface OwnTopicsListener {
  command(key: string, payload: string): void;
  /** Somebody emptied a discovery topic. */
  emptied(topic: string): void;
  availability(payload: string): void;
  /** Home Assistant came or went; kept by the broker where a person wants that. */
  status(payload: string): void;
}

/** Subscriptions to the topics of one person during one connection with the broker. */
export class OwnTopics {
  readonly #ports: { readonly broker: Broker; readonly clock: Clock };
  readonly #topics: Topics;
  readonly #mark: string;
  readonly #found = new Map<string, string>();
  readonly #ends: (() => void)[] = [];
  #onFound: (topic: string) => void = () => undefined;

  constructor(ports: { readonly broker: Broker; readonly clock: Clock }, topics: Topics, owner: string, listener: OwnTopicsListener) {
    this.#ports = ports;
    this.#topics = topics;
    this.#mark = topics.mark(owner);
    const subscribe = (topic: string, listen: (message: BrokerMessage) => void): void => {
      this.#ends.push(ports.broker.subscribe(topic, listen));
    };
    subscribe(topics.config('+', '+'), (message) => {
      this.#keep(message);
      if (!message.isRetained && message.payload === '') listener.emptied(message.topic);
    });
    subscribe(topics.availability, (message) => {
      this.#keep(message);
      if (!message.isRetained) listener.availability(message.payload);
    });
    subscribe(topics.status, ({ payload }) => {
      listener.status(payload);
    });
    subscribe(topics.set('+'), ({ topic, payload, isRetained }) => {
      if (!isRetained) listener.command(topic.slice(topics.set('').length), payload); // a retained one would come again and again
    });
  }

  /** Whether what is kept at a topic would be found by `read`. */
  covers(topic: string): boolean {
    const topics = this.#topics;
    const filters = [topics.config('+', '+'), topics.state('+'), topics.attributes('+'), topics.availability];
    return filters.some((filter) => topicMatches(filter, topic));
  }

  /**
   * What the broker keeps at the person's topics. It takes no longer than LIMITS.readBackMs, and less when a message of our own has come
   * back, which a broker sends after what it keeps.
   * @param expected topics that are waited for nevertheless: not every broker keeps to that order
   * @throws the signal's reason
   */
  async read(expected: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { broker, clock } = this.#ports;
    const enough = new AbortController();
    const missing = new Set(expected.filter((topic) => !this.#found.has(topic)));
    let isMarked = false;
    this.#onFound = (topic) => {
      missing.delete(topic);
      if (isMarked && missing.size === 0) enough.abort();
    };
    const keep = (message: BrokerMessage): void => {
      this.#keep(message);
    };
    const ends = [
      broker.subscribe(this.#topics.state('+'), keep),
      broker.subscribe(this.#topics.attributes('+'), keep),
      broker.subscribe(this.#mark, () => {
        isMarked = true;
        this.#onFound(this.#mark);
      }),
    ];
    try {
      broker.publish({ topic: this.#mark, payload: '', retain: false }).catch(() => undefined); // then the time ends it
      await clock.delay(LIMITS.readBackMs, AbortSignal.any([signal, enough.signal])).catch((cause: unknown) => {
        if (!enough.signal.aborted) throw cause;
      });
    } finally {
      this.#onFound = () => undefined;
      for (const end of ends) end();
    }
    return this.#found;
  }

  end(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  #keep({ topic, payload, isRetained }: BrokerMessage): void {
    if (isRetained) this.#found.set(topic, payload);
    this.#onFound(topic);
  }
}
