/** What works by which way into Home Assistant, and from which release on. `null` = it does not. */
export interface HomeFeature {
  readonly what: string;
  readonly mqtt: string | null;
  readonly companion: string | null;
  /** With a connection (address and token, or as its app), whichever way entities take. */
  readonly connection: string | null;
}

const FLOOR = '2024.1';
const COMPANION_FLOOR = '2024.11';

/** Seen with real releases: 2024.1.6 and 2026.11.0 over MQTT and over the connection; the companion as it was measured on 2024.11, 2025.4 and 2026.11. */
export const HOME_FEATURES: readonly HomeFeature[] = [
  {
    what: 'Needs',
    mqtt: 'a broker and the MQTT integration',
    companion: 'the Node-RED companion 4.2.3 and a connection',
    connection: 'an administrator’s token',
  },
  { what: 'Sensors and binary sensors', mqtt: FLOOR, companion: COMPANION_FLOOR, connection: null },
  { what: 'Entities that are off by default', mqtt: `${FLOOR}; off until you switch them on`, companion: null, connection: null },
  { what: 'Selects, numbers, switches, buttons', mqtt: FLOOR, companion: COMPANION_FLOOR, connection: null },
  { what: 'Event entities', mqtt: FLOOR, companion: null, connection: null },
  { what: 'Events on the bus', mqtt: null, companion: null, connection: FLOOR },
  { what: 'Persistent notifications', mqtt: null, companion: null, connection: FLOOR },
  { what: 'Long-term statistics of past years', mqtt: null, companion: null, connection: FLOOR },
  { what: 'Documents as topics', mqtt: 'yes', companion: null, connection: null },
  { what: 'Entity ids as in the tables below', mqtt: FLOOR, companion: COMPANION_FLOOR, connection: null },
  { what: 'Precision that is shown', mqtt: FLOOR, companion: `${COMPANION_FLOOR}; set once, when the entity is new`, connection: null },
  { what: 'Options of enum sensors', mqtt: '2024.12', companion: null, connection: null },
  { what: 'Values while Node-RED is away', mqtt: 'stay', companion: 'stay', connection: null },
  {
    what: 'Values when Home Assistant starts again and Node-RED is away',
    mqtt: 'stay (retained)',
    companion: 'unavailable until Node-RED is back',
    connection: null,
  },
  { what: 'Controls while Node-RED is away', mqtt: 'unavailable', companion: 'unavailable', connection: null },
];
