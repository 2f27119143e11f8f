import { OuraError } from '../errors/oura-error';
import { CompanionTransport } from '../home/companion/companion-transport';
import type { HomeLink } from '../home/home-link';
import { Ledger } from '../home/ledger';
import type { Clock } from '../ports/clock';
import type { HomeAssistant } from '../ports/home-assistant';
import type { Logger } from '../ports/logger';
import { mqttWay } from './mqtt-way';
import type { Way } from './way';

export interface WayPorts {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The ways into a Home Assistant that are open from here, the chosen one or not. */
export function waysOf(home: HomeLink, ports: WayPorts): readonly Way[] {
  const { broker, homeAssistant } = home;
  return [
    ...(broker === null ? [] : [mqttWay(broker, home.discoveryPrefix, ports)]),
    ...(homeAssistant === null ? [] : [companionWay(homeAssistant, home.id, ports)]),
  ];
}

/** The way that was chosen for entities. @throws OuraError broker_missing, home_connection_missing */
export function chosenWay({ entities }: HomeLink, ways: readonly Way[]): Way {
  const way = ways.find(({ transport }) => transport === entities);
  if (way === undefined) throw new OuraError(entities === 'mqtt' ? 'broker_missing' : 'home_connection_missing');
  return way;
}

function companionWay(homeAssistant: HomeAssistant, place: string, { clock, logger }: WayPorts): Way {
  return {
    transport: 'companion',
    canSwitchOff: false,
    broker: null,
    place,
    open: ({ settings, personId }, owner) =>
      new CompanionTransport({ homeAssistant, clock, logger, ledger: new Ledger(settings) }, { owner, place, personId }),
    onChange: (listener) => homeAssistant.onFacts(listener),
  };
}
