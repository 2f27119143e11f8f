import { connectAsync, type MqttClient } from 'mqtt';
import { OuraError } from '../../lib/errors/oura-error';
import type { Broker, BrokerMessage } from '../../lib/ports/broker';

/** The Broker port over a client of its own, on a real broker. */
export class MqttBrokerPort implements Broker {
  readonly id: string;
  /** Topics of messages that came as retained. */
  readonly retained: string[] = [];
  readonly #client: MqttClient;

  private constructor(id: string, client: MqttClient) {
    this.id = id;
    this.#client = client;
    client.on('message', (topic, _payload, { retain }) => {
      if (retain) this.retained.push(topic);
    });
  }

  static async connect(port: number, id = 'broker'): Promise<MqttBrokerPort> {
    return new MqttBrokerPort(id, await connectAsync(`mqtt://127.0.0.1:${String(port)}`, { reconnectPeriod: 20 }));
  }

  get isConnected(): boolean {
    return this.#client.connected;
  }

  async publish({ topic, payload, retain }: { topic: string; payload: string; retain: boolean }): Promise<void> {
    if (!this.#client.connected) throw new OuraError('broker_away');
    await this.#client.publishAsync(topic, payload, { qos: 1, retain });
  }

  subscribe(topic: string, listener: (message: BrokerMessage) => void): () => void {
    const prefix = topic.endsWith('/+') ? topic.slice(0, -1) : null; // the only wildcard of the tests
    const hear = (at: string, payload: Buffer, { retain }: { retain: boolean }): void => {
      const isIt = prefix === null ? at === topic : at.startsWith(prefix) && !at.slice(prefix.length).includes('/');
      if (isIt) listener({ topic: at, payload: payload.toString(), isRetained: retain });
    };
    this.#client.on('message', hear);
    this.#client.subscribe(topic, { qos: 1 });
    return () => {
      this.#client.off('message', hear);
      if (this.#client.connected) this.#client.unsubscribe(topic);
    };
  }

  onConnected(listener: (isConnected: boolean) => void): () => void {
    const on = (): void => {
      listener(true);
    };
    const off = (): void => {
      listener(false);
    };
    this.#client.on('connect', on);
    this.#client.on('close', off);
    return () => {
      this.#client.off('connect', on);
      this.#client.off('close', off);
    };
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true);
  }
}
