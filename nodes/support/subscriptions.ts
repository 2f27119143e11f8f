import type { BrokerMessage } from '../../lib/ports/broker';
import type { BrokerNode } from './broker-node';

/** What one user of a broker's node is subscribed to. */
export class Subscriptions {
  readonly #node: BrokerNode;
  readonly #userId: string;
  readonly #onEmpty: () => void;
  readonly #ends = new Map<string, () => void>();
  #made = 0;

  constructor(node: BrokerNode, userId: string, onEmpty: () => void) {
    this.#node = node;
    this.#userId = userId;
    this.#onEmpty = onEmpty;
  }

  get isEmpty(): boolean {
    return this.#ends.size === 0;
  }

  /** @returns ends it */
  add(filter: string, listener: (message: BrokerMessage) => void): () => void {
    this.#made += 1;
    const ref = `${this.#userId}-${this.#made}`; // the node knows subscriptions by filter and this
    const end = (): void => {
      if (!this.#ends.delete(ref)) return;
      this.#node.unsubscribe(filter, ref, true);
      if (this.isEmpty) this.#onEmpty();
    };
    this.#ends.set(ref, end);
    const hear = (topic: string, payload: Buffer, { retain }: { readonly retain: boolean }): void => {
      if (this.#ends.has(ref)) listener({ topic, payload: payload.toString(), isRetained: retain });
    };
    this.#node.subscribe(filter, { qos: 1 }, hear, ref);
    return end;
  }

  endAll(): void {
    for (const end of [...this.#ends.values()]) end();
  }
}
