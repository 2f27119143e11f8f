import { LIMITS } from '../../../lib/catalogue/limits';
import type { EntityEvent } from '../../../lib/home/entity';
import { Ledger } from '../../../lib/home/ledger';
import { MqttTransport } from '../../../lib/home/mqtt/mqtt-transport';
import type { Clock } from '../../../lib/ports/clock';
import { ClientBroker } from '../../support/client-broker';
import { HastyClock } from '../../support/hasty-clock';
import { MemoryBroker, type Published } from '../../support/memory-broker';
import { createMemorySettings } from '../../../lib/store/memory-settings';
import type { EntityTransportRig, ShownEntity } from '../entity-transport.suite';

interface Config {
  readonly unique_id: string;
  readonly default_entity_id: string;
  readonly name: string;
  readonly state_topic?: string;
  readonly json_attributes_topic?: string;
  readonly command_topic?: string;
  readonly value_template?: string;
}

const PERSON = '0123456789ab';
const CONFIG = new RegExp(`^homeassistant/\\w+/oura_${PERSON}/(?<key>\\w+)/config$`);
const PAYLOADS = new Map<unknown, string>([
  [true, 'ON'],
  [false, 'OFF'],
  [null, 'PRESS'],
]);

/** MQTT discovery with a real broker, read as Home Assistant reads it. */
export class MqttRig implements EntityTransportRig {
  readonly broker: MemoryBroker;
  readonly client: ClientBroker;
  readonly ledger = new Ledger(createMemorySettings());
  readonly log: string[] = [];
  readonly #clock: Clock;
  readonly #transports: MqttTransport[] = [];

  private constructor(broker: MemoryBroker, client: ClientBroker, clock: Clock) {
    this.broker = broker;
    this.client = client;
    this.#clock = clock;
  }

  static async start(clock: Clock = new HastyClock([LIMITS.readBackMs, LIMITS.clearTimeoutMs])): Promise<MqttRig> {
    const broker = await MemoryBroker.start();
    const client = new ClientBroker(broker.url);
    await client.until(true);
    return new MqttRig(broker, client, clock);
  }

  transport(owner: string, { prefix = 'homeassistant', personId = PERSON, ledger = this.ledger } = {}): MqttTransport {
    const tell = (message: string): void => {
      this.log.push(message);
    };
    const logger = { error: tell, warn: tell, info: tell, debug: tell };
    const ports = { broker: this.client, clock: this.#clock, logger, ledger };
    const transport = new MqttTransport(ports, { owner, prefix, personId });
    this.#transports.push(transport);
    return transport;
  }

  owners(): readonly string[] {
    return this.ledger.owners;
  }

  async shown(): Promise<ReadonlyMap<string, ShownEntity>> {
    const kept = await this.broker.retained();
    const shown = new Map<string, ShownEntity>();
    for (const [topic, payload] of kept) {
      const key = CONFIG.exec(topic)?.groups?.['key'];
      if (key === undefined) continue;
      const config = JSON.parse(payload) as Config; // checked against real Home Assistants end to end
      const attributes = JSON.parse(kept.get(config.json_attributes_topic ?? '') ?? '{}') as ShownEntity['attributes'];
      const state = stateOf(kept.get(config.state_topic ?? ''), config);
      shown.set(key, { entityId: config.default_entity_id, name: config.name, state, attributes });
    }
    return shown;
  }

  events(): readonly EntityEvent[] {
    return this.messages()
      .filter(({ topic, retain }) => topic.startsWith('oura/anna/state/') && !retain)
      .map(({ topic, payload }) => {
        const { event_type: eventType, ...attributes } = JSON.parse(payload) as { readonly event_type: string };
        return { key: topic.slice('oura/anna/state/'.length), eventType, attributes };
      });
  }

  /** What transports published, apart from what they ask the broker for. */
  messages(): readonly Published[] {
    return this.broker.published.filter(({ topic }) => !topic.includes('/mark/'));
  }

  sent(): number {
    return this.messages().length;
  }

  command(key: string, value: string | number | boolean | null): Promise<void> {
    return this.broker.publish(`oura/anna/set/${key}`, PAYLOADS.get(value) ?? String(value));
  }

  async takeAway(): Promise<void> {
    await this.broker.takeAway();
    await this.client.until(false);
  }

  bringBack(): Promise<void> {
    return this.broker.bringBack();
  }

  async close(): Promise<void> {
    await Promise.all(this.#transports.map((transport) => transport.close()));
    await this.client.close();
    await this.broker.close();
  }
}

function stateOf(payload: string | undefined, { value_template: template = '' }: Config): string {
  const state = template.includes('value_json.state')
    ? String((JSON.parse(payload ?? '{}') as { readonly state?: unknown }).state)
    : payload;
  if (state === undefined || state === 'None' || state === 'null') return 'unknown';
  return state === 'ON' || state === 'OFF' ? state.toLowerCase() : state;
}
