import { Aedes } from 'aedes';
import { createServer } from 'node:net';

/** An MQTT broker on a port of its own, as `npm start` has it. */
export interface MqttBroker {
  readonly port: number;
  close(): Promise<void>;
}

export async function startMqttBroker(): Promise<MqttBroker> {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close();
        aedes.close(resolve);
      }),
  };
}
