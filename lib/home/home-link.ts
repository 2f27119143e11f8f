import type { Broker } from '../ports/broker';
import type { HomeAssistant } from '../ports/home-assistant';

/** What an oura-home node holds ready for the nodes that use it. */
export interface HomeLink {
  /** Id of the oura-home node. */
  readonly id: string;
  /** How entities get into Home Assistant. */
  readonly entities: 'mqtt' | 'companion';
  /** Topic prefix of MQTT discovery. */
  readonly discoveryPrefix: string;
  /** Language of names and texts in Home Assistant; empty = Node-RED's. */
  readonly language: string;
  /** Null = no broker was chosen. */
  readonly broker: Broker | null;
  /** Null = no connection was chosen (`via: none`). */
  readonly homeAssistant: HomeAssistant | null;
}
