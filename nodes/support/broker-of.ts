import type { NodeAPI } from 'node-red';
import { toOuraError } from '../../lib/errors/to-oura-error';
import type { BrokerNode } from './broker-node';
import { MqttBroker } from './mqtt-broker';

/**
 * The connection of one of Node-RED's own MQTT config nodes. Who asks for it closes it.
 * @returns null when the node was removed or is disabled
 */
export function brokerOf(RED: NodeAPI, brokerId: string | undefined): MqttBroker | null {
  const node = brokerId === undefined || brokerId === '' ? null : (RED.nodes.getNode(brokerId) as unknown as BrokerNode | null); // not typed
  if (node?.type !== 'mqtt-broker') return null;
  return new MqttBroker(node, `oura-${RED.util.generateId()}`, (error) => {
    RED.log.error(`[oura] ${toOuraError(error).message}`);
  });
}
