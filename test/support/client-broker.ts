import { connect, type MqttClient } from 'mqtt';
import { OuraError } from '../../lib/errors/oura-error';
import { topicMatches } from '../../lib/home/mqtt/topic-matches';
import type { Broker, BrokerMessage } from '../../lib/ports/broker';

interface Subscription {
  readonly topic: string;
  readonly listener: (message: BrokerMessage) => void;
}

/** A broker that a client of its own connects to, again and again. */
export class ClientBroker implements Broker {
  readonly id: string;
  readonly #client: MqttClient;
  readonly #subscriptions = new Set<Subscription>();
  readonly #listeners = new Set<(isConnected: boolean) => void>();
  readonly #underWay = new Set<(cause: Error) => void>();

  constructor(url: string, { id = 'broker', protocolVersion = 4 }: { readonly id?: string; readonly protocolVersion?: 4 | 5 } = {}) {
    this.id = id;
    this.#client = connect(url, { reconnectPeriod: 50, connectTimeout: 5000, protocolVersion, resubscribe: false });
    this.#client.on('error', () => undefined); // it tries again
    this.#client.on('message', (topic, payload, { retain }) => {
      for (const subscription of [...this.#subscriptions])
        if (topicMatches(subscription.topic, topic)) subscription.listener({ topic, payload: payload.toString(), isRetained: retain });
    });
    this.#client.on('connect', () => {
      for (const topic of new Set([...this.#subscriptions].map((one) => one.topic))) this.#client.subscribe(topic, { qos: 1 });
      this.#tell(true);
    });
    this.#client.on('close', () => {
      for (const fail of this.#underWay) fail(new OuraError('broker_away'));
      this.#tell(false);
    });
  }

  get isConnected(): boolean {
    return this.#client.connected;
  }

  publish({ topic, payload, retain }: { readonly topic: string; readonly payload: string; readonly retain: boolean }): Promise<void> {
    if (!this.isConnected) return Promise.reject(new OuraError('broker_away'));
    return new Promise<void>((resolve, reject) => {
      this.#underWay.add(reject);
      this.#client.publish(topic, payload, { qos: 1, retain }, (cause) => {
        this.#underWay.delete(reject);
        if (cause) reject(new OuraError('broker_away', {}, { cause }));
        else resolve();
      });
    });
  }

  subscribe(topic: string, listener: (message: BrokerMessage) => void): () => void {
    const subscription = { topic, listener };
    this.#subscriptions.add(subscription);
    if (this.isConnected) this.#client.subscribe(topic, { qos: 1 });
    return () => {
      this.#subscriptions.delete(subscription);
      if (this.isConnected && ![...this.#subscriptions].some((one) => one.topic === topic)) this.#client.unsubscribe(topic);
    };
  }

  onConnected(listener: (isConnected: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when it is connected, or not any more. */
  async until(isConnected: boolean): Promise<void> {
    if (this.isConnected === isConnected) return;
    await new Promise<void>((resolve) => {
      const end = this.onConnected((now) => {
        if (now !== isConnected) return;
        end();
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true);
  }

  #tell(isConnected: boolean): void {
    for (const listener of [...this.#listeners]) listener(isConnected);
  }
}
