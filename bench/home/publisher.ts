import { systemClock } from '../../lib/async/system-clock';
import { Ledger } from '../../lib/home/ledger';
import type { PersonDevice } from '../../lib/home/entity';
import { MqttTransport } from '../../lib/home/mqtt/mqtt-transport';
import type { RealMosquitto } from '../../test/e2e/support/real-mosquitto';
import { ClientBroker } from '../../test/support/client-broker';
import { createMemorySettings } from '../../lib/store/memory-settings';

const complain = (message: string): void => {
  process.stderr.write(`${message}\n`);
};
const logger = { error: complain, warn: complain, info: () => undefined, debug: () => undefined };

/** The package's publisher of one person, with a connection of its own to the broker. */
export interface Publisher {
  readonly transport: MqttTransport;
  /** Resolves when the broker has everything. */
  settled(): Promise<void>;
  /** Takes its entities away and ends. */
  clear(): Promise<void>;
}

const PATIENCE_MS = 120_000;

/** Starts a publisher. */
export async function startPublisher({ url }: RealMosquitto, { personId, slug }: PersonDevice): Promise<Publisher> {
  const client = new ClientBroker(url, { protocolVersion: 5 });
  await client.until(true);
  const ports = { broker: client, clock: systemClock, logger, ledger: new Ledger(createMemorySettings()) };
  const transport = new MqttTransport(ports, { owner: slug, prefix: 'homeassistant', personId });
  return {
    transport,
    settled: () => transport.settled(AbortSignal.timeout(PATIENCE_MS)),
    clear: async () => {
      await transport.remove(AbortSignal.timeout(PATIENCE_MS));
      await transport.close();
      await client.close();
    },
  };
}
