import { Ledger } from '../home/ledger';
import { MqttTransport } from '../home/mqtt/mqtt-transport';
import type { Broker } from '../ports/broker';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { Way } from './way';

/** The way over a broker. @param prefix of Home Assistant's discovery topics; what was made under another one can be taken away too */
export function mqttWay(broker: Broker, prefix: string, { clock, logger }: { readonly clock: Clock; readonly logger: Logger }): Way {
  return {
    transport: 'mqtt',
    canSwitchOff: true,
    broker,
    place: broker.id,
    open: ({ settings, personId }, owner) =>
      new MqttTransport({ broker, clock, logger, ledger: new Ledger(settings) }, { owner, prefix, personId }),
    onChange: (listener) => broker.onConnected(listener),
  };
}
