import type { Node, NodeAPI, NodeDef } from 'node-red';
import { systemClock } from '../../lib/async/system-clock';
import { Ledger } from '../../lib/home/ledger';
import { MqttTransport } from '../../lib/home/mqtt/mqtt-transport';
import { brokerOf } from '../../nodes/support/broker-of';
import type { MqttBroker } from '../../nodes/support/mqtt-broker';
import { definitionOf, deviceOf, stateOf } from './entity-samples';
import { createMemorySettings } from '../../lib/store/memory-settings';

interface HomeProbe extends Node {
  readonly broker: MqttBroker | null;
}

const ledger = new Ledger(createMemorySettings());

/** Two node types: one that holds a broker, and one that shows entities by it and takes them away when it is removed. */
export function registerProbe(RED: NodeAPI): void {
  function Home(this: Node & { broker?: MqttBroker | null }, def: NodeDef & { readonly mqtt: string }): void {
    RED.nodes.createNode(this, def);
    const broker = brokerOf(RED, def.mqtt);
    this.broker = broker;
    this.on('close', (removed: boolean, done: () => void) => {
      void (broker?.close(removed) ?? Promise.resolve()).then(done);
    });
  }
  function Entities(this: Node, def: NodeDef & { readonly home: string; readonly count: number }): void {
    RED.nodes.createNode(this, def);
    const { broker } = RED.nodes.getNode(def.home) as HomeProbe; // the flow of the test has one
    if (broker === null) return;
    const { debug, warn, error } = RED.log;
    const logger = { debug, warn, error, info: RED.log.info };
    const device = deviceOf();
    const ports = { broker, ledger, logger, clock: systemClock };
    const transport = new MqttTransport(ports, { owner: this.id, prefix: 'homeassistant', personId: device.personId });
    const keys = Array.from({ length: def.count }, (_, index) => `metric_${index}`);
    transport.declare(device, [
      ...keys.map((key) => definitionOf(key)),
      definitionOf('alerts', { component: 'switch', hasAvailability: true }),
    ]);
    transport.show([...keys.map((key, index) => stateOf(key, `text ${index}`, { attributes: { index } })), stateOf('alerts', true)]);
    transport.setAvailable(true);
    transport.onCommand(({ value }) => {
      transport.show([stateOf('alerts', value)]);
    });
    this.on('close', (removed: boolean, done: () => void) => {
      const fail = (cause: unknown): void => {
        this.error(String(cause));
      };
      // Both in this turn: the broker's node may end in the same one.
      const gone = removed ? transport.remove(AbortSignal.timeout(8000)).catch(fail) : Promise.resolve();
      void Promise.all([gone, transport.close()]).then(() => {
        done();
      });
    });
  }
  RED.nodes.registerType('test-home', Home);
  RED.nodes.registerType('test-entities', Entities);
}
