import { Subscribers } from '../../lib/async/subscribers';
import type { Broker } from '../../lib/ports/broker';
import { BrokerConnection } from './broker-connection';
import type { BrokerNode } from './broker-node';
import { idleOrLate } from './idle-or-late';
import { Publications } from './publications';
import { Subscriptions } from './subscriptions';

/** The connection that one of Node-RED's own MQTT config nodes has (port Broker). */
export class MqttBroker implements Broker {
  readonly id: string;
  readonly #connection: BrokerConnection;
  readonly #publications: Publications;
  readonly #subscriptions: Subscriptions;
  readonly #idle: Subscribers<undefined>;
  readonly publish: Broker['publish'] = (message) => this.#publications.add(message, this.isConnected);
  readonly subscribe: Broker['subscribe'] = (topic, listener) => this.#subscriptions.add(topic, listener);
  readonly onConnected: Broker['onConnected'] = (listener) => this.#connection.onChange(listener);

  /**
   * @param userId tells the users of the node apart
   * @param onError hears what a listener threw
   */
  constructor(node: BrokerNode, userId: string, onError: (error: unknown) => void) {
    this.id = node.id;
    this.#idle = new Subscribers(onError);
    const onEmpty = (): void => {
      this.#idle.tell(undefined);
    };
    this.#publications = new Publications(node, onEmpty);
    this.#subscriptions = new Subscriptions(node, userId, onEmpty);
    this.#connection = new BrokerConnection(node, userId, onError);
    this.#connection.onChange((isConnected) => {
      if (!isConnected) this.#publications.fail();
    });
  }

  get isConnected(): boolean {
    return this.#connection.isConnected;
  }

  /**
   * Lets go of the node when nobody is subscribed any more and all that was published has arrived, or after LIMITS.clearTimeoutMs: nodes
   * of one deploy end at the same time, and some have things to tell when they do.
   * @param isRemoved as Node-RED says
   */
  async close(isRemoved: boolean): Promise<void> {
    await idleOrLate(() => this.#publications.isEmpty && this.#subscriptions.isEmpty, this.#idle);
    this.#subscriptions.endAll();
    await this.#connection.end(isRemoved);
  }
}
