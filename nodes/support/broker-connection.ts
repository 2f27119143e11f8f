import { Subscribers } from '../../lib/async/subscribers';
import type { BrokerNode, BrokerUser } from './broker-node';

/** Whether a broker's node has a connection, as a user of the node learns it. */
export class BrokerConnection {
  readonly #node: BrokerNode;
  readonly #user: BrokerUser;
  readonly #listeners: Subscribers<boolean>;
  #isConnected: boolean;

  constructor(node: BrokerNode, userId: string, onError: (error: unknown) => void) {
    this.#node = node;
    this.#listeners = new Subscribers(onError);
    this.#user = {
      id: userId,
      status: ({ fill }) => {
        if (fill !== 'green') this.#tell(false);
        else
          queueMicrotask(() => {
            this.#tell(node.connected); // before that it subscribes anew to what it was subscribed to
          });
      },
    };
    node.register(this.#user);
    this.#isConnected = node.connected;
  }

  get isConnected(): boolean {
    return this.#isConnected && this.#node.connected;
  }

  onChange(listener: (isConnected: boolean) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** @param isRemoved as Node-RED says */
  end(isRemoved: boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#node.deregister(this.#user, resolve, isRemoved);
    });
  }

  #tell(isConnected: boolean): void {
    if (isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    this.#listeners.tell(isConnected);
  }
}
